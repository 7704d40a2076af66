package io.scrip.http;

import io.scrip.audit.AuditEvent;
import io.scrip.identity.Token;
import io.scrip.policy.View;
import io.scrip.vault.Decryptor;
import io.scrip.vault.Detokenizer;
import io.scrip.vault.Encryptor;
import io.scrip.vault.IdempotencyKey;
import io.scrip.vault.SealingContext;
import io.scrip.vault.Template;
import io.scrip.vault.TokenRef;
import io.scrip.vault.TokenizeRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Reads what the calls about tokens send. */
@Singleton
final class Requests {
  private static final Set<String> TOKENIZE =
      Set.of("data", "template", "name", "subject", "ttl", "metadata");
  private static final Set<String> DETOKENIZE = Set.of("token", "name", "view", "purpose");
  private static final Set<String> ENCRYPT = Set.of("data", "context");
  private static final Set<String> DECRYPT = Set.of("ciphertext", "context", "purpose");
  private static final Set<String> REWRAP = Set.of("ciphertext", "context");
  private static final int MAX_REF = 64;

  private final Limits limits;

  Requests(Limits limits) {
    this.limits = limits;
  }

  TokenizeRequest tokenize(JsonFields fields, String... also) {
    fields.only(TOKENIZE, also);
    return new TokenizeRequest(
        limits.data(fields),
        template(fields),
        fields.findText("name").map(name -> limits.label(fields, "name", name)),
        fields.findText("subject").map(subject -> limits.label(fields, "subject", subject)),
        fields.findDuration("ttl"),
        limits.metadata(fields));
  }

  Optional<String> template(JsonFields fields) {
    return fields
        .findText("template")
        .map(
            name -> {
              if (!Template.isName(name)) {
                throw fields.invalid("template", "is no template's name");
              }
              return name;
            });
  }

  Detokenizer.Request detokenize(JsonFields fields, String... also) {
    fields.only(DETOKENIZE, also);
    return new Detokenizer.Request(ref(fields), view(fields), purpose(fields));
  }

  Encryptor.Request encrypt(JsonFields fields, String... also) {
    fields.only(ENCRYPT, also);
    return new Encryptor.Request(limits.data(fields), context(fields));
  }

  Decryptor.Request decrypt(JsonFields fields, String... also) {
    fields.only(DECRYPT, also);
    return new Decryptor.Request(fields.text("ciphertext"), context(fields), purpose(fields));
  }

  Decryptor.Request rewrap(JsonFields fields, String... also) {
    fields.only(REWRAP, also);
    return new Decryptor.Request(fields.text("ciphertext"), context(fields), Optional.empty());
  }

  private static SealingContext context(JsonFields fields) {
    return SealingContext.of(fields.texts("context"));
  }

  /** A token or a name, and not both. */
  TokenRef ref(JsonFields fields) {
    if (fields.has("token") == fields.has("name")) {
      throw fields.invalid("token", "or name has to be there, and not both");
    }
    return fields.has("token")
        ? new TokenRef.ByToken(token(fields))
        : new TokenRef.ByName(limits.label(fields, "name", fields.text("name")));
  }

  private static Token token(JsonFields fields) {
    String text = fields.text("token");
    if (text.isEmpty() || text.length() > Token.MAX_LENGTH) {
      throw fields.invalid("token", "has 1 to " + Token.MAX_LENGTH + " characters");
    }
    return new Token(text);
  }

  private static Optional<View> view(JsonFields fields) {
    return fields
        .findText("view")
        .map(
            view ->
                switch (view) {
                  case "plain" -> View.PLAIN;
                  case "masked" -> View.MASKED;
                  default -> throw fields.invalid("view", "has to be plain or masked");
                });
  }

  private static Optional<String> purpose(JsonFields fields) {
    return fields
        .findText("purpose")
        .map(
            purpose -> {
              if (!AuditEvent.isPurpose(purpose)) {
                throw fields.invalid(
                    "purpose",
                    "has to be a word of 1 to 64 characters of A-Z a-z 0-9 . _ : - that starts with a letter and has no long number");
              }
              return purpose;
            });
  }

  /** The caller's own mark of a batch item, given back with its result. */
  static Optional<String> ref(JsonFields item, String name) {
    return item.findText(name)
        .map(
            ref -> {
              if (ref.length() > MAX_REF) {
                throw item.invalid(name, "has at most " + MAX_REF + " characters");
              }
              return ref;
            });
  }

  static Optional<IdempotencyKey> idempotency(Optional<String> header, JsonBody body) {
    return header.map(
        key -> {
          if (!IdempotencyKey.isValid(key)) {
            throw new RequestException(
                ProblemType.INVALID_REQUEST,
                "An Idempotency-Key has 1 to 255 visible ASCII characters.");
          }
          return new IdempotencyKey(key, body.bytes());
        });
  }
}
