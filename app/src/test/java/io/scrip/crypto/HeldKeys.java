package io.scrip.crypto;

import java.util.Set;

/** Looks into a keyring, as a heap dump would. */
public final class HeldKeys {
  private HeldKeys() {}

  /** The data keys of subjects that it has, to seal under or to open with. */
  public static Set<Long> ofSubjects(Keyring keyring) {
    return keyring.heldOfSubjects();
  }
}
