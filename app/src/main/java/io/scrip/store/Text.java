package io.scrip.store;

/** How text crosses over to the database unchanged. */
final class Text {
  private Text() {}

  /**
   * The same text, if it comes back as it went in. PostgreSQL has no NUL, and UTF-8 no lone
   * surrogate: the driver would silently make it a question mark, and an audit event would no
   * longer have its hash.
   *
   * @throws StoreFailure when it would not
   */
  static String storable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw StoreFailure.unstorableText();
      }
    }
    return value;
  }
}
