package io.scrip.vault;

import io.scrip.audit.AuditEvent;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import java.util.Optional;

/** Audit events of one call and action, with what is known of their target filled in. */
record Events(
    Call call,
    Action action,
    Optional<String> template,
    Optional<LookupDigest> token,
    Optional<LookupDigest> subject,
    Optional<String> purpose) {

  static final String OK = "ok";

  static Events of(Call call, Action action) {
    return new Events(
        call, action, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  Events about(LookupDigest digest) {
    return new Events(call, action, template, Optional.of(digest), subject, purpose);
  }

  Events about(Mapping row) {
    return new Events(
        call,
        action,
        Optional.of(row.template()),
        Optional.of(row.trailToken()),
        row.subject(),
        purpose);
  }

  /** A name that the trail would not take is none of ours, so it is left out. */
  Events aboutTemplate(String name) {
    return !AuditEvent.isTemplate(name)
        ? this
        : new Events(call, action, Optional.of(name), token, subject, purpose);
  }

  Events aboutSubject(LookupDigest digest) {
    return new Events(call, action, template, token, Optional.of(digest), purpose);
  }

  Events withPurpose(Optional<String> stated) {
    return new Events(call, action, template, token, subject, stated);
  }

  AuditEvent allowed() {
    return allowed(OK);
  }

  AuditEvent allowed(String reason) {
    return event(Outcome.ALLOWED, reason);
  }

  AuditEvent refused(String reason) {
    return event(Outcome.REFUSED, reason);
  }

  private AuditEvent event(Outcome outcome, String reason) {
    return new AuditEvent(
        action,
        call.caller().actor(),
        call.caller().tenant(),
        outcome,
        reason,
        template,
        token,
        subject,
        purpose,
        call.requestId());
  }
}
