package io.scrip.identity;

/** What a caller asks for; the word that stands in the audit trail. */
public enum Action {
  TOKENIZE("token.tokenize"),
  DETOKENIZE("token.detokenize"),
  LOOKUP("token.lookup"),
  SEARCH("token.search"),
  RENEW("token.renew"),
  REVOKE("token.revoke"),
  ENCRYPT("value.encrypt"),
  DECRYPT("value.decrypt"),
  REWRAP("value.rewrap"),
  READ_TEMPLATES("template.read"),
  WRITE_TEMPLATE("template.write"),
  DELETE_TEMPLATE("template.delete"),
  READ_AUDIT("audit.read"),
  READ_KEYS("key.read"),
  ROTATE_KEY("key.rotate"),
  REKEY("key.rekey"),
  DESTROY_KEY("key.destroy"),
  ERASE("subject.erase"),
  /** Written by the program itself as the first event of each audit chain. */
  OPEN_CHAIN("chain.open"),
  /**
   * Written by the program itself as the last event of each audit chain that was closed in order.
   */
  CLOSE_CHAIN("chain.close");

  private final String word;

  Action(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
