package io.scrip.audit;

import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.util.Optional;

/**
 * One decision, before it has a place in a chain. Only what is named here can be recorded: no field
 * has room for a value, a token or a key.
 *
 * @param actor issuer, subject and client, each up to {@value #MAX_TEXT} characters without control
 *     characters
 * @param reason a code such as {@code ok}, {@code expired} or {@code permission-missing}
 * @param template the template concerned; see {@link #isTemplate}
 * @param token keyed digest of the token concerned
 * @param subject keyed digest of the data subject concerned
 * @param purpose the caller's stated purpose, a word and not a sentence; see {@link #isPurpose}
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

  /**
   * Longer than any issuer or subject we have seen (OpenID Connect Core allows a subject 255), in
   * characters.
   */
  public static final int MAX_TEXT = 1024;

  /**
   * @throws IllegalArgumentException when a field holds what does not belong into a trail; the
   *     message never shows it
   */
  public AuditEvent {
    require(Words.isReason(reason), "a reason is a short code");
    require(template.isEmpty() || isTemplate(template.get()), "a template has a short name");
    require(purpose.isEmpty() || isPurpose(purpose.get()), "a purpose is a word, with few digits");
    require(Words.isPlainText(actor.issuer()), "an issuer is plain text");
    require(Words.isPlainText(actor.subject()), "a subject is plain text");
    require(Words.isPlainText(actor.client()), "a client is plain text");
    require(Words.isPlainText(tenant.value()), "a tenant is plain text");
  }

  /**
   * Whether a text may stand as purpose: a letter, then up to 63 of {@code A-Z a-z 0-9 . _ : -}, at
   * most 8 digits in all and never 7 in a row. A card number has 12 to 19 digits (ISO/IEC 7812-1)
   * and a US social security number 9, so neither fits, with separators or without.
   */
  public static boolean isPurpose(String text) {
    return Words.isPurpose(text);
  }

  /** Whether a text may stand as template name: like a purpose, but it may start with a digit. */
  public static boolean isTemplate(String text) {
    return Words.isTemplate(text);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
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
