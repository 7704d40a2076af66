/**
 * The few values that everyone shares: who calls, for which tenant, and the secrets that pass
 * through. Every package uses it. It knows nothing but the JDK, decides nothing and does no I/O.
 */
@NullMarked
package io.scrip.identity;

import org.jspecify.annotations.NullMarked;
