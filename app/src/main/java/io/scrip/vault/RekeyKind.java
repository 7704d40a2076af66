package io.scrip.vault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a re-key job makes anew. */
public enum RekeyKind {
  /** Data keys, sealed to the newest key encryption key. Touches no record. */
  REWRAP(true, false, false),
  /** Records under retired data keys, sealed under new ones. */
  RESEAL(false, true, false),
  /** Digests and row MACs under older digest keys. */
  REDIGEST(false, false, true),
  /** All three in one go. */
  ALL(true, true, true);

  private final boolean rewraps;
  private final boolean reseals;
  private final boolean redigests;

  RekeyKind(boolean rewraps, boolean reseals, boolean redigests) {
    this.rewraps = rewraps;
    this.reseals = reseals;
    this.redigests = redigests;
  }

  boolean rewraps() {
    return rewraps;
  }

  /** Whether sealed records are sealed anew; asked by the store. */
  public boolean reseals() {
    return reseals;
  }

  /** Whether digests are made anew; asked by the store. */
  public boolean redigests() {
    return redigests;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RekeyKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The word, as commands show it. */
  @Override
  public String toString() {
    return word();
  }
}
