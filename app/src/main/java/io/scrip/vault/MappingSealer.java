package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.crypto.DataKeyUse;
import io.scrip.crypto.DataSubject;
import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.crypto.KeyTable.Subject;
import io.scrip.crypto.RecordSealer;
import io.scrip.crypto.RecordSealer.SealedRecord;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Binds a row together. The sealed record is bound to tenant, record id and template by its
 * associated data; every other column is bound to the record id by the row MAC. So a row that
 * someone with write access to the database moved, mixed or gave a longer life neither verifies nor
 * opens.
 */
@Singleton
final class MappingSealer {
  private static final byte[] NOTHING = {};

  private final RecordSealer sealer;
  private final Digests digests;
  private final DataKeyMeter meter;

  MappingSealer(RecordSealer sealer, Digests digests, DataKeyMeter meter) {
    this.sealer = sealer;
    this.digests = digests;
    this.meter = meter;
  }

  /**
   * @param subject whose own keys are to seal it; those of this process where empty
   */
  SealedRecord seal(
      TenantId tenant,
      UUID record,
      String template,
      TokenRecord content,
      Optional<DataSubject> subject) {
    byte[] plaintext = content.encode();
    byte[] bound = associatedData(tenant, record, template);
    try {
      SealedRecord sealed =
          subject
              .map(whose -> sealer.sealFor(whose, plaintext, bound))
              .orElseGet(() -> sealer.seal(plaintext, bound));
      if (subject.isEmpty()) {
        meter.sealed(sealed.dataKeyId());
      }
      return sealed;
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /** Seals a row's content under a key in force, of the same use as the one before. */
  SealedRecord sealAgain(Mapping row, TokenRecord content) {
    Optional<DataSubject> subject =
        sealer.use(row.dataKeyId()) == DataKeyUse.SUBJECT
            ? Optional.of(subject(row, content))
            : Optional.empty();
    return seal(row.tenant(), row.record(), row.template(), content, subject);
  }

  private static DataSubject subject(Mapping row, TokenRecord content) {
    var label = new Subject(row.tenant(), row.subject().orElseThrow(), row.digestVersion());
    return new DataSubject(label, content.subject().orElseThrow());
  }

  /** Nothing more is sealed under these keys of subjects, which are destroyed. */
  void forget(Set<Long> destroyed) {
    sealer.forget(destroyed);
  }

  /**
   * @throws CryptoException.WillNotOpen when the row MAC or the record does not verify
   * @throws CryptoException.KeyServiceUnavailable when the data key could not be opened just now
   */
  TokenRecord open(Mapping row) {
    verify(row);
    byte[] plaintext =
        sealer.open(
            row.dataKeyId(),
            row.sealed(),
            associatedData(row.tenant(), row.record(), row.template()));
    try {
      return TokenRecord.decode(plaintext);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /**
   * @throws CryptoException.WillNotOpen when a column was changed or moved
   */
  void verify(Mapping row) {
    if (!MessageDigest.isEqual(rowMac(row), row.rowMac())) {
      throw new CryptoException.WillNotOpen("a row does not verify");
    }
  }

  /**
   * HMAC-SHA-256 over every column but the sealed record, which has a tag of its own, and its data
   * key's id.
   */
  byte[] rowMac(Mapping row) {
    byte[] numbers =
        ByteBuffer.allocate(3 * Integer.BYTES + 2 * Long.BYTES)
            .putInt(row.templateRevision())
            .putInt(row.derivation().keyVersion())
            .putInt(row.derivation().attempt())
            .putLong(row.catalogVersion())
            .putLong(micros(row.createdAt()))
            .array();
    return digests
        .digest(
            row.digestVersion(),
            Purpose.ROW,
            row.tenant(),
            bytes(row.record()),
            row.token().bytes(),
            bytes(row.name()),
            bytes(row.subject()),
            bytes(row.value()),
            bytes(row.convergence()),
            bytes(row.origin()),
            row.creator().bytes(),
            bytes(row.former()),
            row.derivation().kept().orElse(NOTHING),
            row.template().getBytes(StandardCharsets.UTF_8),
            numbers,
            row.expiresAt().map(MappingSealer::instantBytes).orElse(NOTHING))
        .bytes();
  }

  private static byte[] associatedData(TenantId tenant, UUID record, String template) {
    byte[] tenantBytes = tenant.value().getBytes(StandardCharsets.UTF_8);
    byte[] templateBytes = template.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(
            Integer.BYTES + tenantBytes.length + 2 * Long.BYTES + templateBytes.length)
        .putInt(tenantBytes.length)
        .put(tenantBytes)
        .put(bytes(record))
        .put(templateBytes)
        .array();
  }

  static byte[] bytes(UUID record) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(record.getMostSignificantBits())
        .putLong(record.getLeastSignificantBits())
        .array();
  }

  private static byte[] bytes(Optional<LookupDigest> digest) {
    return digest.map(LookupDigest::bytes).orElse(NOTHING);
  }

  private static byte[] instantBytes(Instant instant) {
    return ByteBuffer.allocate(Long.BYTES).putLong(micros(instant)).array();
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
