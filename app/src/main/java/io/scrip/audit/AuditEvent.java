package io.scrip.audit;

import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One decision, before it has a place in a chain. Only what is named here can be recorded: no field has room for a value,
 * a token or a key.
 *
 * @param reason a code such as {@code ok}, {@code expired} or {@code permission-missing}
 * @param template the template concerned
 * @param token keyed digest of the token concerned
 * @param subject keyed digest of the data subject concerned
 * @param purpose the caller's stated purpose, a word and not a sentence
 */
public record AuditEvent(
    Action action,
    Actor actor,
    TenantId tenant,
    Outcome outcome,
    String reason,
    Optional<String> template,
    Optional<LookupDigest> token,
    Optional<LookupDigest> subject,
    Optional<String> purpose,
    RequestId requestId) {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  public AuditEvent {
    if (!CODE.matcher(reason).matches()) {
      throw new IllegalArgumentException("a reason is a short code");
    }
  }

  /** What was decided. */
  public enum Outcome {
    ALLOWED("allowed"),
    REFUSED("refused");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
