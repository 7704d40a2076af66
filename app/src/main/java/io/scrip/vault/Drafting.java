package io.scrip.vault;

import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.identity.Actor;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import io.scrip.identity.Token;
import io.scrip.lease.Lease;
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
   * @param index of the request within its batch
   * @throws io.scrip.format.FormatException.DataDoesNotFit when the template cannot stand for the
   *     data
   * @throws io.scrip.lease.LeaseException when the time to live is out of the template's bounds
   */
  Draft draft(
      Call call,
      TokenizeRequest request,
      Template template,
      Optional<IdempotencyKey> key,
      int index) {
    template.format().check(Drawing.text(request));
    Lease lease = Lease.issue(clock.instant(), request.ttl(), template.lease());
    Draft.Keys keys = keys(call, request, template, key, index);
    return new Draft(
        call, request, template, lease, keys, drawing(call, request, template, keys), this);
  }

  private Draft.Keys keys(
      Call call,
      TokenizeRequest request,
      Template template,
      Optional<IdempotencyKey> key,
      int index) {
    TenantId tenant = call.caller().tenant();
    boolean convergent = template.mode() == Template.Mode.CONVERGENT;
    LookupDigest value = Searcher.valueDigest(digests, tenant, template.name(), request.data());
    Optional<Guard> guard = key.map(k -> guard(call, k));
    return new Draft.Keys(
        request.name().map(name -> digests.digest(Purpose.NAME, tenant, utf8(name))),
        request.subject().map(subject -> digests.digest(Purpose.SUBJECT, tenant, utf8(subject))),
        value,
        convergent ? Optional.of(value) : Optional.empty(),
        convergent ? Optional.empty() : guard.map(g -> origin(tenant, g, index)),
        digests.digest(Purpose.CREATOR, tenant, utf8(call.caller().actor().subject())),
        guard);
  }

  private Guard guard(Call call, IdempotencyKey key) {
    Actor actor = call.caller().actor();
    TenantId tenant = call.caller().tenant();
    return new Guard(
        digests.digest(
            Purpose.IDEMPOTENCY_KEY,
            tenant,
            utf8(actor.issuer()),
            utf8(actor.subject()),
            utf8(key.value())),
        digests.digest(Purpose.IDEMPOTENCY_BODY, tenant, key.body()),
        clock.instant().plus(limits.idempotencyTtl()));
  }

  /**
   * Bound to the body too: once a key has run out, the same key with another body is another call.
   */
  private LookupDigest origin(TenantId tenant, Guard guard, int index) {
    byte[] position = ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
    return digests.digest(
        Purpose.ORIGIN, tenant, guard.key().bytes(), guard.body().bytes(), position);
  }

  private Drawing drawing(Call call, TokenizeRequest request, Template template, Draft.Keys keys) {
    TenantId tenant = call.caller().tenant();
    if (keys.convergence().isPresent()) {
      List<byte[]> source =
          List.of(BY_VALUE, utf8(template.name()), request.data().utf8(PlaintextAccess.GRANTED));
      return new Drawing.Derived(digests, tenant, digests.version(), source);
    }
    return keys.origin()
        .<Drawing>map(
            origin ->
                new Drawing.Derived(
                    digests, tenant, digests.version(), List.of(BY_CALL, origin.bytes())))
        .orElseGet(() -> new Drawing.AtRandom(random));
  }

  @Override
  public MappingSealer sealer() {
    return sealer;
  }

  @Override
  public LookupDigest digest(TenantId tenant, Token token) {
    return digests.digest(Purpose.TOKEN, tenant, token.utf8(PlaintextAccess.GRANTED));
  }

  @Override
  public int digestVersion() {
    return digests.version();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
