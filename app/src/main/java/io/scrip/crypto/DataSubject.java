package io.scrip.crypto;

import io.scrip.crypto.KeyTable.Subject;

/**
 * Whom values are about: the label that the key table finds its data keys by, and the subject
 * itself. That is sealed with each of these keys, so that a label can be made anew when the digest
 * keys rotate, also for a key under which no row is left.
 */
public final class DataSubject {
  private final Subject label;
  private final String text;

  /**
   * @param text the subject as callers name it
   */
  public DataSubject(Subject label, String text) {
    this.label = label;
    this.text = text;
  }

  Subject label() {
    return label;
  }

  String text() {
    return text;
  }

  /** By label: who has the same label is the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DataSubject that && label.equals(that.label);
  }

  @Override
  public int hashCode() {
    return label.hashCode();
  }

  @Override
  public String toString() {
    return "DataSubject[redacted]";
  }
}
