package io.scrip.journal;

import io.scrip.audit.AuditEvent;
import java.util.Optional;

/** What became of one entry: an answer or a refusal, and the event that tells of it. */
public sealed interface Effect<R> {
  Optional<AuditEvent> event();

  /** The caller gets the answer once the event is durable. */
  record Answered<R>(R answer, Optional<AuditEvent> event) implements Effect<R> {}

  /** The caller gets the exception once the event is durable. */
  record Refused<R>(RuntimeException refusal, Optional<AuditEvent> event) implements Effect<R> {}
}
