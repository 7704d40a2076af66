package io.scrip.store;

/**
 * Something with the number of the audit chain that it belongs to.
 *
 * @param chain as {@link ChainOrdinals} knows it
 */
record Placed<T>(long chain, T what) {}
