package io.scrip.audit;

import io.scrip.identity.LookupDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as the words that stand in an export. The check works on these and not on {@link
 * AuditEvent}, so that a trail outlives the actions and rules of the version that wrote it.
 */
record EventFields(
    String chain,
    long sequence,
    Instant at,
    String action,
    String issuer,
    String subject,
    String client,
    String tenant,
    Optional<String> template,
    Optional<byte[]> tokenDigest,
    Optional<byte[]> subjectDigest,
    Optional<String> purpose,
    String outcome,
    String reason,
    String requestId) {

  /**
   * Domain byte of an event, so that its encoding can never be taken for a {@link ChainHash link}.
   */
  private static final int DOMAIN = 0x00;

  private static final int VERSION = 0x01;

  static EventFields of(ChainedEvent chained) {
    return of(chained.chain(), chained.sequence(), chained.at(), chained.event());
  }

  static EventFields of(String chain, long sequence, Instant at, AuditEvent event) {
    return new EventFields(
        chain,
        sequence,
        at,
        event.action().word(),
        event.actor().issuer(),
        event.actor().subject(),
        event.actor().client(),
        event.tenant().value(),
        event.template(),
        event.token().map(LookupDigest::bytes),
        event.subject().map(LookupDigest::bytes),
        event.purpose(),
        event.outcome().word(),
        event.reason(),
        event.requestId().value());
  }

  /** SHA-256 of {@link #encoding()}. */
  byte[] body() {
    return ChainHash.sha256(encoding());
  }

  /** Every field in the order of this record, app/docs/audit.md byte by byte. */
  byte[] encoding() {
    return new CanonicalBytes()
        .octet(DOMAIN)
        .octet(VERSION)
        .text(chain)
        .number(sequence)
        .time(at)
        .text(action)
        .text(issuer)
        .text(subject)
        .text(client)
        .text(tenant)
        .optionalText(template)
        .optionalBytes(tokenDigest)
        .optionalBytes(subjectDigest)
        .optionalText(purpose)
        .text(outcome)
        .text(reason)
        .text(requestId)
        .toBytes();
  }
}
