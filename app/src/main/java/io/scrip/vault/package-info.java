/**
 * Tokenize, detokenize, search, renew, revoke: the use cases, over mappings from token to sealed
 * record. The HTTP edge calls it. It decides, acts and records in one step of the journal, and
 * knows neither HTTP nor SQL.
 */
@NullMarked
package io.scrip.vault;

import org.jspecify.annotations.NullMarked;
