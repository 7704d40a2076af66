package io.scrip.vault;

import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.identity.Actor;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.Plaintext;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import io.scrip.identity.Token;
import io.scrip.lease.Lease;
import io.scrip.vault.Draft.Asked;
import io.scrip.vault.IdempotencyStore.Guard;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Turns a request into a draft: checks it against its template and works out what its row is found
 * by.
 */
@Singleton
final class Drafting implements Draft.Toolbox {
  private static final byte[] BY_VALUE = utf8("value");
  private static final byte[] BY_CALL = utf8("call");
  private static final byte[] KEPT = utf8("kept token");

  private final MappingSealer sealer;
  private final Digests digests;
  private final SecureRandom random;
  private final InstantSource clock;
  private final LimitsConfig limits;

  Drafting(
      MappingSealer sealer,
      Digests digests,
      SecureRandom random,
      InstantSource clock,
      LimitsConfig limits) {
    this.sealer = sealer;
    this.digests = digests;
    this.random = random;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * @throws VaultException.SubjectMissing when the template seals under keys of subjects
   * @throws io.scrip.format.FormatException.DataDoesNotFit when the template cannot stand for the
   *     data
   * @throws io.scrip.lease.LeaseException when the time to live is out of the template's bounds
   */
  Draft draft(Asked asked) {
    Template template = asked.template();
    if (template.erasable() && asked.request().subject().isEmpty()) {
      throw new VaultException.SubjectMissing();
    }
    template.format().check(Drawing.text(asked.request()));
    Lease lease = Lease.issue(clock.instant(), asked.request().ttl(), template.lease());
    return new Draft(asked, lease, digests.version(), this);
  }

  @Override
  public Draft.Keys keys(int version, Asked asked) {
    TokenizeRequest request = asked.request();
    TenantId tenant = asked.tenant();
    boolean convergent = asked.template().mode() == Template.Mode.CONVERGENT;
    Optional<LookupDigest> value =
        asked.template().searchable() ? Optional.of(value(version, asked)) : Optional.empty();
    Optional<Guard> guard = asked.key().map(key -> guard(version, asked.call(), key));
    return new Draft.Keys(
        version,
        request.name().map(name -> digests.digest(version, Purpose.NAME, tenant, utf8(name))),
        request
            .subject()
            .map(subject -> digests.digest(version, Purpose.SUBJECT, tenant, utf8(subject))),
        value,
        convergent ? value : Optional.empty(),
        convergent ? Optional.empty() : guard.map(g -> origin(tenant, g, asked.index())),
        digests.digest(version, Purpose.CREATOR, tenant, utf8(asked.creator())),
        guard);
  }

  private LookupDigest value(int version, Asked asked) {
    return digests.digest(
        version,
        Purpose.VALUE,
        asked.tenant(),
        utf8(asked.template().name()),
        asked.request().data().utf8(PlaintextAccess.GRANTED));
  }

  private Guard guard(int version, Call call, IdempotencyKey key) {
    Actor actor = call.caller().actor();
    TenantId tenant = call.caller().tenant();
    return new Guard(
        digests.digest(
            version,
            Purpose.IDEMPOTENCY_KEY,
            tenant,
            utf8(actor.issuer()),
            utf8(actor.subject()),
            utf8(key.value())),
        digests.digest(version, Purpose.IDEMPOTENCY_BODY, tenant, key.body()),
        clock.instant().plus(limits.idempotencyTtl()),
        version);
  }

  /**
   * Bound to the body too: once a key has run out, the same key with another body is another call.
   */
  private LookupDigest origin(TenantId tenant, Guard guard, int index) {
    byte[] position = ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
    return digests.digest(
        guard.digestVersion(),
        Purpose.ORIGIN,
        tenant,
        guard.key().bytes(),
        guard.body().bytes(),
        position);
  }

  @Override
  public Drawing drawing(Asked asked, Draft.Keys keys) {
    TenantId tenant = asked.tenant();
    if (keys.convergence().isPresent()) {
      List<byte[]> source =
          List.of(
              BY_VALUE,
              utf8(asked.template().name()),
              asked.request().data().utf8(PlaintextAccess.GRANTED));
      return new Drawing.Derived(digests, tenant, keys.digestVersion(), source);
    }
    return keys.origin()
        .<Drawing>map(
            origin ->
                new Drawing.Derived(
                    digests, tenant, keys.digestVersion(), List.of(BY_CALL, origin.bytes())))
        .orElseGet(() -> new Drawing.AtRandom(random));
  }

  @Override
  public MappingSealer sealer() {
    return sealer;
  }

  @Override
  public LookupDigest digest(int version, TenantId tenant, Token token) {
    return digests.digest(version, Purpose.TOKEN, tenant, token.utf8(PlaintextAccess.GRANTED));
  }

  @Override
  public Token kept(Mapping row, byte[] kept, Plaintext data) {
    return new Token(
        new String(
            digests.kept(row.derivation().keyVersion(), row.tenant(), kept, keptBy(row, data)),
            StandardCharsets.UTF_8));
  }

  /** Seals a row's token for whoever asks for its value again. */
  static byte[] keep(Digests digests, int version, Mapping row, TokenRecord content) {
    return digests.keep(
        version,
        row.tenant(),
        content.token().utf8(PlaintextAccess.GRANTED),
        keptBy(row, content.data()));
  }

  private static byte[][] keptBy(Mapping row, Plaintext data) {
    return new byte[][] {
      KEPT,
      MappingSealer.bytes(row.record()),
      utf8(row.template()),
      data.utf8(PlaintextAccess.GRANTED)
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
