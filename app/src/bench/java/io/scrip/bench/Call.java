package io.scrip.bench;

/** What the load calls; {@code wrk/calls.lua} knows them by these words. */
enum Call {
  TOKENIZE("tokenize", 1),
  TOKENIZE_BATCH("tokenize-batch", 100),
  DETOKENIZE("detokenize", 1),
  DETOKENIZE_BATCH("detokenize-batch", 100);

  private final String word;
  private final int size;

  Call(String word, int size) {
    this.word = word;
    this.size = size;
  }

  String word() {
    return word;
  }

  /** Values in one call. */
  int size() {
    return size;
  }

  /** The call that does the same for one value. */
  Call single() {
    return needsTokens() ? DETOKENIZE : TOKENIZE;
  }

  /** The path it is sent to. */
  String path() {
    return "/v1/" + word.replace('-', '/');
  }

  boolean needsTokens() {
    return this == DETOKENIZE || this == DETOKENIZE_BATCH;
  }
}
