/**
 * Keys and what is done with them: custody of the roots, key encryption keys, data keys, sealed
 * records, lookup digests. The vault calls it for every value. It knows no token, no tenant's
 * rights and no SQL, and has no primitive of its own.
 */
@NullMarked
package io.scrip.crypto;

import org.jspecify.annotations.NullMarked;
