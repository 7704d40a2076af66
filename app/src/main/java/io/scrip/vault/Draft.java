package io.scrip.vault;

import io.scrip.crypto.DataSubject;
import io.scrip.crypto.KeyTable.Subject;
import io.scrip.crypto.RecordSealer.SealedRecord;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.Plaintext;
import io.scrip.identity.TenantId;
import io.scrip.identity.Token;
import io.scrip.lease.Lease;
import io.scrip.vault.IdempotencyStore.Guard;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A mapping on its way in: everything that can be worked out before the journal's turn, including
 * the first draw of its token. Further draws are needed only when that one is taken.
 */
final class Draft {
  private final Asked asked;
  private final Lease lease;
  private final Keys keys;
  private final Drawing drawing;
  private final Toolbox tools;
  private final UUID record;
  private Drawn drawn;

  Draft(Asked asked, Lease lease, int digestVersion, Toolbox tools) {
    this.asked = asked;
    this.lease = lease;
    this.tools = tools;
    this.keys = tools.keys(digestVersion, asked);
    this.drawing = tools.drawing(asked, keys);
    this.record = timeOrdered(lease.createdAt());
    this.drawn = draw(0);
  }

  /**
   * What is asked for.
   *
   * @param key names the call, when the caller may send it again
   * @param index of the request within its batch
   */
  record Asked(
      Call call,
      TokenizeRequest request,
      Template template,
      Optional<IdempotencyKey> key,
      int index) {
    TenantId tenant() {
      return call.caller().tenant();
    }

    String creator() {
      return call.caller().actor().subject();
    }
  }

  /**
   * A version 7 UUID (RFC 9562, section 5.7): rows made one after the other lie side by side in the
   * index of record ids, so that an insert touches its last page and not any. The id never leaves
   * the vault.
   */
  private static UUID timeOrdered(Instant now) {
    UUID random = UUID.randomUUID();
    long version = 0x7000L | random.getMostSignificantBits() & 0x0fffL;
    return new UUID(now.toEpochMilli() << 16 | version, random.getLeastSignificantBits());
  }

  private Drawn draw(int attempt) {
    Token token = drawing.draw(template(), Drawing.text(request()), attempt);
    TokenRecord content =
        new TokenRecord(
            token,
            request().name(),
            request().subject(),
            asked.creator(),
            request().metadata(),
            request().data());
    SealedRecord sealed =
        tools.sealer().seal(tenant(), record, template().name(), content, ownerOfKeys());
    return new Drawn(attempt, token, tools.digest(keys.digestVersion, tenant(), token), sealed);
  }

  /** Whose own keys seal the record, where the template says so. */
  private Optional<DataSubject> ownerOfKeys() {
    return template().erasable()
        ? Optional.of(
            new DataSubject(
                new Subject(tenant(), keys.subject.orElseThrow(), keys.digestVersion),
                request().subject().orElseThrow()))
        : Optional.empty();
  }

  /** The subject's data key that sealed the record, which may be destroyed at any time. */
  Optional<Long> erasableKey() {
    return template().erasable() ? Optional.of(drawn.sealed.dataKeyId()) : Optional.empty();
  }

  /** Whether keys have changed since the draft was made, so that it may not become a row. */
  boolean isOvertaken(KeyState now) {
    return keys.digestVersion != now.digestVersion()
        || drawn.sealed.dataKeyId() < now.dataKeyFloor();
  }

  /** What a row of the same request is found by that was made under an older version. */
  Keys keys(int digestVersion) {
    return digestVersion == keys.digestVersion ? keys : tools.keys(digestVersion, asked);
  }

  /** What a row of the same token is found by that was made under an older version. */
  LookupDigest token(int digestVersion) {
    return tools.digest(digestVersion, tenant(), drawn.token);
  }

  /** The token was taken: the next candidate. */
  void drawAgain() {
    drawn = draw(drawn.attempt + 1);
  }

  int draws() {
    return drawn.attempt + 1;
  }

  /** The row, made under the catalog of this version. */
  Mapping mapping(long catalogVersion) {
    Mapping row =
        new Mapping(
            record,
            tenant(),
            drawn.digest,
            keys.name,
            keys.subject,
            keys.value,
            keys.convergence,
            keys.origin,
            keys.creator,
            Optional.empty(),
            template().name(),
            template().revision(),
            drawing.derivation(drawn.attempt),
            keys.digestVersion,
            catalogVersion,
            lease.createdAt(),
            lease.expiresAt(),
            drawn.sealed.dataKeyId(),
            drawn.sealed.sealed(),
            new byte[0]);
    return row.withRowMac(tools.sealer().rowMac(row));
  }

  /** What the caller is told of the row made from this draft. */
  TokenInfo made() {
    return info(drawn.token, lease);
  }

  /**
   * The token of a row that this value, or this call, made before: drawn again from the same
   * source.
   *
   * @return empty when the row does not fit, which only tampering explains
   */
  Optional<TokenInfo> again(Mapping row, Template drawnBy) {
    Token token =
        row.derivation()
            .kept()
            .map(kept -> tools.kept(row, kept, request().data()))
            .orElseGet(() -> drawnAgain(row, drawnBy));
    return tools.digest(row.digestVersion(), tenant(), token).equals(row.token())
        ? Optional.of(info(token, new Lease(row.createdAt(), row.expiresAt())))
        : Optional.empty();
  }

  private Token drawnAgain(Mapping row, Template drawnBy) {
    Drawing then =
        row.derivation().keyVersion() == 0
            ? drawing
            : tools.drawing(asked, keys(row.derivation().keyVersion()));
    return then.draw(drawnBy, Drawing.text(request()), row.derivation().attempt());
  }

  private TokenInfo info(Token token, Lease granted) {
    return new TokenInfo(
        token,
        template().name(),
        granted.createdAt(),
        granted.expiresAt(),
        request().name(),
        request().subject(),
        request().metadata());
  }

  Call call() {
    return asked.call;
  }

  TokenizeRequest request() {
    return asked.request;
  }

  TenantId tenant() {
    return asked.tenant();
  }

  Template template() {
    return asked.template;
  }

  Keys keys() {
    return keys;
  }

  Events events(Events base) {
    Events known = base.about(drawn.digest).aboutTemplate(template().name());
    return keys.subject.map(known::aboutSubject).orElse(known);
  }

  /** The digests that the row is found by, and the guard of the call that it belongs to. */
  record Keys(
      int digestVersion,
      Optional<LookupDigest> name,
      Optional<LookupDigest> subject,
      Optional<LookupDigest> value,
      Optional<LookupDigest> convergence,
      Optional<LookupDigest> origin,
      LookupDigest creator,
      Optional<Guard> guard) {}

  /** What a draft needs to draw and seal. */
  interface Toolbox {
    MappingSealer sealer();

    /** What the row is found by, under this version of the digest keys. */
    Keys keys(int version, Asked asked);

    Drawing drawing(Asked asked, Keys keys);

    LookupDigest digest(int version, TenantId tenant, Token token);

    /**
     * The token that a row has kept for whoever brings its value.
     *
     * @throws io.scrip.crypto.CryptoException.WillNotOpen when the value is another
     */
    Token kept(Mapping row, byte[] kept, Plaintext data);
  }

  private record Drawn(int attempt, Token token, LookupDigest digest, SealedRecord sealed) {}
}
