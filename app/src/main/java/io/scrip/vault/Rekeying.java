package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.crypto.KeyTable.StoredDataKey;
import io.scrip.crypto.KeyTable.Subject;
import io.scrip.crypto.RecordSealer.SealedRecord;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import io.scrip.vault.Mapping.Derivation;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes a row anew under the keys in force: the same token, value and lease, other digests and
 * seal.
 */
@Singleton
final class Rekeying {
  private final MappingSealer sealer;
  private final Digests digests;

  Rekeying(MappingSealer sealer, Digests digests) {
    this.sealer = sealer;
    this.digests = digests;
  }

  /**
   * @return the row as it should be, opened once to see that it opens
   * @throws CryptoException.WillNotOpen when the row as it is does not verify or open
   */
  Mapping rekeyed(Mapping row, RekeyKind kind, KeyState keys) {
    TokenRecord content = sealer.open(row);
    try {
      Mapping fresh = row;
      if (kind.redigests() && row.digestVersion() < keys.digestVersion()) {
        fresh = redigested(row, content, keys.digestVersion());
      }
      if (kind.reseals() && row.dataKeyId() < keys.dataKeyFloor()) {
        fresh = resealed(fresh, content);
      }
      Mapping bound = fresh.withRowMac(sealer.rowMac(fresh));
      verify(bound, content);
      return bound;
    } finally {
      content.data().close();
    }
  }

  /** The label of a subject's data key under the digest keys in force. */
  Subject label(StoredDataKey key, String subject) {
    TenantId tenant = key.key().subject().orElseThrow().tenant();
    int version = digests.version();
    return new Subject(
        tenant, digests.digest(version, Purpose.SUBJECT, tenant, utf8(subject)), version);
  }

  private Mapping resealed(Mapping row, TokenRecord content) {
    SealedRecord sealed = sealer.sealAgain(row, content);
    return row.withSeal(sealed.dataKeyId(), sealed.sealed());
  }

  private Mapping redigested(Mapping row, TokenRecord content, int version) {
    LookupDigest token =
        digest(version, Purpose.TOKEN, row, content.token().utf8(PlaintextAccess.GRANTED));
    Optional<LookupDigest> value =
        row.value()
            .map(
                _ ->
                    digests.digest(
                        version,
                        Purpose.VALUE,
                        row.tenant(),
                        utf8(row.template()),
                        content.data().utf8(PlaintextAccess.GRANTED)));
    return new Mapping(
        row.record(),
        row.tenant(),
        token,
        row.name()
            .flatMap(_ -> content.name())
            .map(name -> digest(version, Purpose.NAME, row, utf8(name))),
        row.subject()
            .flatMap(_ -> content.subject())
            .map(text -> digest(version, Purpose.SUBJECT, row, utf8(text))),
        value,
        row.convergence().flatMap(_ -> value),
        row.origin(),
        digest(version, Purpose.CREATOR, row, utf8(content.creator())),
        Optional.of(row.trailToken()),
        row.template(),
        row.templateRevision(),
        derivation(row, content, version),
        version,
        row.catalogVersion(),
        row.createdAt(),
        row.expiresAt(),
        row.dataKeyId(),
        row.sealed(),
        row.rowMac());
  }

  /**
   * A convergent token was drawn by a key that is to go, so the row keeps the token itself for
   * whoever brings the value again. An idempotent call's is drawn again for as long as the call may
   * be repeated, and its key stays for that long.
   */
  private Derivation derivation(Mapping row, TokenRecord content, int version) {
    if (row.convergence().isPresent()) {
      byte[] kept = Drafting.keep(digests, version, row, content);
      return new Derivation(version, row.derivation().attempt(), Optional.of(kept));
    }
    return row.origin().isPresent() ? row.derivation() : Derivation.NONE;
  }

  private void verify(Mapping row, TokenRecord before) {
    TokenRecord after = sealer.open(row);
    try {
      if (!after.token().equals(before.token()) || !after.data().equals(before.data())) {
        throw new CryptoException.WillNotOpen("a row was not made anew as it was");
      }
    } finally {
      after.data().close();
    }
  }

  private LookupDigest digest(int version, Purpose purpose, Mapping row, byte[] part) {
    return digests.digest(version, purpose, row.tenant(), part);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
