package io.scrip.vault;

import io.scrip.crypto.Digests;
import io.scrip.format.Draw;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.Token;
import io.scrip.vault.Mapping.Derivation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where a token's randomness comes from. */
sealed interface Drawing {

  /**
   * The token of this draw; draws of the same number from the same source are the same unless it is
   * {@link AtRandom}.
   */
  Token draw(Template template, String text, int attempt);

  /** What a row has to know to be drawn again. */
  Derivation derivation(int attempt);

  /** From the system's randomness: never to be had again. */
  record AtRandom(RandomGenerator random) implements Drawing {
    @Override
    public Token draw(Template template, String text, int attempt) {
      return new Token(template.format().draw(text, new Draw(random)));
    }

    @Override
    public Derivation derivation(int attempt) {
      return Derivation.NONE;
    }
  }

  /**
   * From a keyed stream over what the token depends on (its value, or the idempotent call that made
   * it), so that it need not be stored to be given again.
   */
  record Derived(
      Digests digests, io.scrip.identity.TenantId tenant, int keyVersion, List<byte[]> source)
      implements Drawing {

    @Override
    public Token draw(Template template, String text, int attempt) {
      byte[][] parts = Arrays.copyOf(source.toArray(byte[][]::new), source.size() + 1);
      parts[source.size()] = ByteBuffer.allocate(Integer.BYTES).putInt(attempt).array();
      RandomGenerator stream = digests.derive(keyVersion, tenant, parts);
      return new Token(template.format().draw(text, new Draw(stream)));
    }

    @Override
    public Derivation derivation(int attempt) {
      return new Derivation(keyVersion, attempt);
    }
  }

  /** The text that formats see; UTF-8 by construction. */
  static String text(TokenizeRequest request) {
    return request.data().text(PlaintextAccess.GRANTED);
  }
}
