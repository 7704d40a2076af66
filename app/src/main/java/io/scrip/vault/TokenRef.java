package io.scrip.vault;

import io.scrip.identity.Token;

/** How a caller names a token: by itself, or by the handle that it was given. */
public sealed interface TokenRef {
  record ByToken(Token token) implements TokenRef {}

  record ByName(String name) implements TokenRef {
    @Override
    public String toString() {
      return "ByName[redacted]";
    }
  }
}
