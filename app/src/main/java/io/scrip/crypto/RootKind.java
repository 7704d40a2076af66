package io.scrip.crypto;

import io.scrip.identity.Stage;

/** What a root is for. The word stands in its file, so that no root is taken for another. */
public enum RootKind {
  SEAL("scrip-seal-root-v1"),
  DIGEST("scrip-digest-root-v1"),
  /** Made by the program itself; production refuses it by name. */
  DEVELOPMENT_SEAL("scrip-dev-seal-root-v1"),
  /** Made by the program itself; production refuses it by name. */
  DEVELOPMENT_DIGEST("scrip-dev-digest-root-v1");

  private final String word;

  RootKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The kind that development makes for itself in place of this one. */
  RootKind ofDevelopment() {
    return switch (this) {
      case SEAL, DEVELOPMENT_SEAL -> DEVELOPMENT_SEAL;
      case DIGEST, DEVELOPMENT_DIGEST -> DEVELOPMENT_DIGEST;
    };
  }

  /** Whether a root of this kind, found where {@code wanted} was looked for, will do. */
  boolean servesAs(RootKind wanted, Stage stage) {
    return this == wanted || (stage == Stage.DEVELOPMENT && this == wanted.ofDevelopment());
  }
}
