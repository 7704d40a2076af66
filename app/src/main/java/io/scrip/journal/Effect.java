package io.scrip.journal;

import io.scrip.audit.AuditEvent;
import java.util.List;

/** What became of one entry: an answer or a refusal, and the events that tell of it. */
public sealed interface Effect<R> {
  List<AuditEvent> events();

  static <R> Effect<R> answered(R answer, AuditEvent event) {
    return new Answered<>(answer, List.of(event));
  }

  static <R> Effect<R> refused(RuntimeException refusal, AuditEvent event) {
    return new Refused<>(refusal, List.of(event));
  }

  /** The caller gets the answer once the events are durable. */
  record Answered<R>(R answer, List<AuditEvent> events) implements Effect<R> {}

  /** The caller gets the exception once the events are durable. */
  record Refused<R>(RuntimeException refusal, List<AuditEvent> events) implements Effect<R> {}
}
