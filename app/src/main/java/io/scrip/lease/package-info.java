/**
 * For how long: a token's lease, issued and renewed within its template's bounds. The vault asks it
 * for every new token. Pure arithmetic on instants; whether a lease has ended is the database
 * clock's to say.
 */
@NullMarked
package io.scrip.lease;

import org.jspecify.annotations.NullMarked;
