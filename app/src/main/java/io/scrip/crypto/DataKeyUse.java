package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a data key seals. The word is bound to the sealed key, so that a key of one use never opens
 * what another sealed.
 */
public enum DataKeyUse {
  /** Records of the vault, which a re-key job can seal anew. */
  RECORD("record"),
  /** What callers keep themselves, so that nobody can tell when such a key is needed no longer. */
  CIPHERTEXT("ciphertext"),
  /** Records of one subject, so that destroying its keys erases them. */
  SUBJECT("subject");

  private final String word;

  DataKeyUse(String word) {
    this.word = word;
  }

  /**
   * @throws CryptoException.WillNotOpen for any other word
   */
  public static DataKeyUse of(String word) {
    return Arrays.stream(values())
        .filter(use -> use.word.equals(word))
        .findFirst()
        .orElseThrow(CryptoException.WillNotOpen::new);
  }

  public String word() {
    return word;
  }

  byte[] bytes() {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
