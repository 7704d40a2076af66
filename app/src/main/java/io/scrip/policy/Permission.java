package io.scrip.policy;

/**
 * What a token's {@code scope} or {@code permissions} can grant. Exactly these words: no pattern,
 * no hierarchy.
 */
public enum Permission {
  TOKENIZE("tokenize"),
  DETOKENIZE("detokenize"),
  DETOKENIZE_MASKED("detokenize:masked"),
  ENCRYPT("encrypt"),
  DECRYPT("decrypt"),
  READ_TOKENS("read:tokens"),
  SEARCH_TOKENS("search:tokens"),
  RENEW_TOKENS("renew:tokens"),
  REVOKE_TOKENS("revoke:tokens"),
  READ_TEMPLATES("read:templates"),
  WRITE_TEMPLATES("write:templates"),
  READ_AUDIT("read:audit"),
  READ_KEYS("read:keys"),
  ROTATE_KEYS("rotate:keys"),
  ERASE_SUBJECTS("erase:subjects");

  private final String word;

  Permission(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
