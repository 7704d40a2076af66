package io.scrip.journal;

import java.util.List;

/**
 * What is to be done for the entries of one kind that a group holds, all at once. Must be
 * repeatable: a group that fails is rolled back and its entries are applied again, one by one.
 *
 * @param <E> what is asked
 * @param <R> what is answered
 */
@FunctionalInterface
public interface Work<E, R> {
  /**
   * @return one effect for each entry, in order
   */
  List<Effect<R>> apply(Transaction tx, List<E> entries);
}
