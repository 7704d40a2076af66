package io.scrip.store;

import io.scrip.audit.AuditEvent;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.audit.ChainedEvent;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import io.scrip.vault.Mapping;
import io.scrip.vault.Mapping.Derivation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Mappings and events as the vault would make them, without its keys. */
final class Samples {
  static final Instant MADE = Instant.parse("2026-11-21T08:00:00.123456Z");
  static final Actor CLERK = new Actor("https://issuer.example/", "clerk|1", "till");

  private final Random random;

  Samples(long seed) {
    this.random = new Random(seed);
  }

  static LookupDigest digest(String of) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return new LookupDigest(Arrays.copyOf(hash, LookupDigest.SIZE_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A row with nothing optional in it. */
  MappingBuilder mapping() {
    return new MappingBuilder(
        new Mapping(
            uuid(),
            TenantId.DEFAULT,
            new LookupDigest(bytes(LookupDigest.SIZE_BYTES)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            digest("creator"),
            Optional.empty(),
            "opaque",
            1,
            Derivation.NONE,
            1,
            1,
            MADE,
            Optional.empty(),
            7,
            bytes(64),
            bytes(32)));
  }

  /** An event of {@link #CLERK} in a place of a chain. */
  ChainedEvent event(String chain, long sequence, Instant at, Action action, LookupDigest token) {
    return event(chain, sequence, at, action, token, CLERK, Outcome.ALLOWED);
  }

  ChainedEvent event(
      String chain,
      long sequence,
      Instant at,
      Action action,
      LookupDigest token,
      Actor actor,
      Outcome outcome) {
    var event =
        new AuditEvent(
            action,
            actor,
            TenantId.DEFAULT,
            outcome,
            "ok",
            Optional.of("opaque"),
            Optional.of(token),
            Optional.empty(),
            Optional.of("refund"),
            new RequestId("request-" + chain + "-" + sequence));
    return new ChainedEvent(chain, sequence, at, event, bytes(32), bytes(32));
  }
}
