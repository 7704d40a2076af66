package io.scrip.http;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serializer;
import io.scrip.identity.Plaintext;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.Token;
import jakarta.inject.Singleton;
import java.io.IOException;

/** The one place where values and tokens become JSON. */
final class SecretSerializers {
  private SecretSerializers() {}

  @Singleton
  static final class OfPlaintext implements Serializer<Plaintext> {
    @Override
    public void serialize(
        Encoder encoder,
        EncoderContext context,
        Argument<? extends Plaintext> type,
        Plaintext value)
        throws IOException {
      encoder.encodeString(value.text(PlaintextAccess.GRANTED));
    }
  }

  @Singleton
  static final class OfToken implements Serializer<Token> {
    @Override
    public void serialize(
        Encoder encoder, EncoderContext context, Argument<? extends Token> type, Token value)
        throws IOException {
      encoder.encodeString(value.text(PlaintextAccess.GRANTED));
    }
  }
}
