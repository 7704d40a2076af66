package io.scrip.audit;

import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes a trail as a journal would, with a fixed clock and key. */
public final class SampleTrail {
  public static final TestSigner SIGNER = new TestSigner(7);

  final TestClock clock = new TestClock();
  final InMemoryTrail stored = new InMemoryTrail();

  /**
   * Two chains of writers that overlap, eleven events, three checkpoints: {@code a} with 7, closed;
   * {@code b} with 4, opened upon the third of {@code a}. The fourth of {@code a} belongs to
   * another tenant.
   */
  static SampleTrail small() {
    return small("permission-missing");
  }

  /** The same, but for the reason of the second event of {@code a}, and so all hashes after it. */
  static SampleTrail small(String reason) {
    SampleTrail trail = new SampleTrail();
    AuditChain a = trail.open("a");
    trail.write(a, event(TenantId.DEFAULT, "one", AuditEvent.Outcome.REFUSED, reason));
    trail.write(a, event(TenantId.DEFAULT, "two", AuditEvent.Outcome.ALLOWED, "ok"));
    trail.sign(a);
    AuditChain b = trail.open("b");
    trail.write(a, event(new TenantId("acme"), "secret-of-acme", AuditEvent.Outcome.ALLOWED, "ok"));
    trail.write(b, event(TenantId.DEFAULT, "three", AuditEvent.Outcome.ALLOWED, "ok"));
    trail.write(a, event(TenantId.DEFAULT, "four", AuditEvent.Outcome.ALLOWED, "ok"));
    trail.write(b, bare("five"));
    trail.write(a, bare("six"));
    trail.write(b, event(TenantId.DEFAULT, "seven", AuditEvent.Outcome.ALLOWED, "ok"));
    trail.sign(b);
    trail.write(a, AuditChain.close("node-1"));
    trail.sign(a);
    return trail;
  }

  AuditChain open(String name) {
    byte[] previous = stored.latest().map(TrailReader.Head::hash).orElseGet(() -> new byte[32]);
    AuditChain chain = new AuditChain(name, previous, clock, SIGNER, AuditConfig.defaults());
    write(chain, AuditChain.open("node-1"));
    return chain;
  }

  void write(AuditChain chain, AuditEvent event) {
    clock.advance(Duration.ofMillis(1500));
    stored.add(chain.append(event));
  }

  void sign(AuditChain chain) {
    stored.add(chain.checkpoint());
  }

  AuditExport export() {
    return new AuditExport(stored, clock, SIGNER);
  }

  List<String> lines() {
    return lines(TenantId.DEFAULT);
  }

  List<String> lines(TenantId tenant) {
    List<String> lines = new ArrayList<>();
    export().whole(tenant).forEachRemaining(lines::add);
    return lines;
  }

  /**
   * The small trail's export as a file would hold it, and its public key, for tests of other
   * packages.
   */
  public static byte[] smallExport() {
    return bytes(small().lines());
  }

  static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** An event with every field. */
  static AuditEvent event(
      TenantId tenant, String subject, AuditEvent.Outcome outcome, String reason) {
    return new AuditEvent(
        Action.DETOKENIZE,
        new Actor("https://issuer.example/", "auth0|" + subject, "client-" + subject),
        tenant,
        outcome,
        reason,
        Optional.of("card"),
        Optional.of(digest(1)),
        Optional.of(digest(2)),
        Optional.of("refund"),
        new RequestId("request-" + subject.replaceAll("[^a-z0-9-]", "")));
  }

  /** An event with none of the fields that may be missing. */
  static AuditEvent bare(String subject) {
    return new AuditEvent(
        Action.READ_AUDIT,
        new Actor("https://issuer.example/", subject, subject),
        TenantId.DEFAULT,
        AuditEvent.Outcome.ALLOWED,
        "ok",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new RequestId("request-" + subject.replaceAll("[^a-z0-9-]", "")));
  }

  static LookupDigest digest(int octet) {
    byte[] bytes = new byte[LookupDigest.SIZE_BYTES];
    Arrays.fill(bytes, (byte) octet);
    return new LookupDigest(bytes);
  }
}
