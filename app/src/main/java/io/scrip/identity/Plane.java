package io.scrip.identity;

import java.util.Arrays;
import java.util.Locale;

/**
 * Which half of the work a process does. A write plane makes tokens and ciphertexts and opens none
 * of them, since it holds no seal root; a read plane opens them and makes none.
 */
public enum Plane {
  /** One process does both: how a small installation runs. */
  ALL,
  WRITE,
  READ;

  /** The configuration key that says which one this process is. */
  public static final String SETTING = "scrip.plane";

  /**
   * @param word {@code all}, {@code write} or {@code read}, in whatever case
   * @throws StartRefused for any other word
   */
  public static Plane of(String word) {
    return Arrays.stream(values())
        .filter(plane -> plane.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new StartRefused(SETTING, "must be all, write or read"));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this process can open what is sealed, and so needs a seal root. */
  public boolean opens() {
    return this != WRITE;
  }

  /** Whether this process makes what is new. */
  public boolean makes() {
    return this != READ;
  }
}
