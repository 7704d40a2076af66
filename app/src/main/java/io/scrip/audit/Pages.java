package io.scrip.audit;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** Walks through pages, one in memory at a time, until one comes back empty. */
final class Pages<T> implements Iterator<T> {
  private final Function<Optional<T>, List<T>> pageAfter;
  private Iterator<T> page = Collections.emptyIterator();
  private Optional<T> last = Optional.empty();
  private boolean exhausted;

  /**
   * @param pageAfter the page after the given element, the first page after none
   */
  Pages(Function<Optional<T>, List<T>> pageAfter) {
    this.pageAfter = pageAfter;
  }

  @Override
  public boolean hasNext() {
    if (!page.hasNext() && !exhausted) {
      page = pageAfter.apply(last).iterator();
      exhausted = !page.hasNext();
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T element = page.next();
    last = Optional.of(element);
    return element;
  }
}
