package io.scrip.vault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The keys that rotate. */
public enum KeyKind {
  /** Not made here: whoever keeps it adds another, and the keys under it are wrapped anew. */
  ROOT,
  /** The pair that data keys are sealed to. */
  KEK,
  /** What records are sealed under; one for each process and epoch. */
  DATA,
  /** What tokens, names, subjects and values are found by. */
  DIGEST;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<KeyKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The word, as commands show it. */
  @Override
  public String toString() {
    return word();
  }
}
