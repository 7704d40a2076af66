package io.scrip.vault;

import io.scrip.policy.Decision;
import java.time.Duration;

/** What the vault refuses. Messages never hold a value, a token, a name or a subject. */
public abstract sealed class VaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VaultException(String message) {
    super(message);
  }

  /** The caller may not. */
  public static final class AccessDenied extends VaultException {
    private static final long serialVersionUID = 1L;

    private final Decision.Reason reason;

    public AccessDenied(Decision.Reason reason) {
      super("denied: " + reason.code());
      this.reason = reason;
    }

    public Decision.Reason reason() {
      return reason;
    }
  }

  /** The caller may, and this process is of the plane that does not. */
  public static final class WrongPlane extends VaultException {
    private static final long serialVersionUID = 1L;

    public WrongPlane() {
      super("the other plane does this");
    }
  }

  /** Unknown, expired, revoked, foreign or tampered: which of these is in the audit trail only. */
  public static final class TokenNotFound extends VaultException {
    private static final long serialVersionUID = 1L;

    public TokenNotFound() {
      super("no value answers");
    }
  }

  /**
   * A ciphertext that does not open: changed, of another tenant or context, or never one of ours.
   * Which of these is in the audit trail only.
   */
  public static final class CiphertextNotOpened extends VaultException {
    private static final long serialVersionUID = 1L;

    public CiphertextNotOpened() {
      super("the ciphertext does not open");
    }
  }

  /** Another token of the tenant bears the name. */
  public static final class NameTaken extends VaultException {
    private static final long serialVersionUID = 1L;

    public NameTaken() {
      super("the name is taken");
    }
  }

  /** Every draw met a token that exists. */
  public static final class TokenSpaceExhausted extends VaultException {
    private static final long serialVersionUID = 1L;

    public TokenSpaceExhausted(int attempts) {
      super("no free token in " + attempts + " draws");
    }
  }

  /** The idempotency key came with another body before. */
  public static final class IdempotencyMismatch extends VaultException {
    private static final long serialVersionUID = 1L;

    public IdempotencyMismatch() {
      super("the idempotency key stands for another body");
    }
  }

  /** The tenant has no template of the name that the address asks for. */
  public static final class TemplateNotFound extends VaultException {
    private static final long serialVersionUID = 1L;

    public TemplateNotFound() {
      super("no such template");
    }
  }

  /** The tenant has no template of the name that the body asks for. */
  public static final class UnknownTemplate extends VaultException {
    private static final long serialVersionUID = 1L;

    public UnknownTemplate() {
      super("The tenant has no such template.");
    }
  }

  /** The template seals values under keys of their subject, and the request names none. */
  public static final class SubjectMissing extends VaultException {
    private static final long serialVersionUID = 1L;

    public SubjectMissing() {
      super("the template's values need a subject");
    }
  }

  /** The template's rows keep no digest of their value to find them by. */
  public static final class TemplateNotSearchable extends VaultException {
    private static final long serialVersionUID = 1L;

    public TemplateNotSearchable() {
      super("the template's tokens are not found by value");
    }
  }

  /** A built-in template can be neither changed nor deleted. */
  public static final class TemplateBuiltIn extends VaultException {
    private static final long serialVersionUID = 1L;

    public TemplateBuiltIn() {
      super("the template is built in");
    }
  }

  /** A template's definition contradicts itself or a bound; the message says where. */
  public static final class TemplateInvalid extends VaultException {
    private static final long serialVersionUID = 1L;

    public TemplateInvalid(String message) {
      super(message);
    }
  }

  /**
   * A template has fewer tokens than {@link Template#MIN_SPACE} and does not say that this is
   * meant.
   */
  public static final class TemplateSpaceTooSmall extends VaultException {
    private static final long serialVersionUID = 1L;

    public TemplateSpaceTooSmall() {
      super("the template has fewer than " + Template.MIN_SPACE + " tokens");
    }
  }

  /** More than {@link LimitsConfig} allows. */
  public static final class LimitExceeded extends VaultException {
    private static final long serialVersionUID = 1L;

    private final Limit limit;

    public LimitExceeded(Limit limit, String message) {
      super(message);
      this.limit = limit;
    }

    public Limit limit() {
      return limit;
    }
  }

  /** Which limit. */
  public enum Limit {
    DATA_SIZE,
    BATCH_SIZE,
    METADATA,
    LABEL_LENGTH,
    CONTEXT,
    TEMPLATE_COUNT
  }

  /** The caller has searched as often as it may in this window. */
  public static final class SearchBudgetExhausted extends VaultException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    public SearchBudgetExhausted(Duration retryAfter) {
      super("the search budget is used up");
      this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** A re-key job is running, and there is one at a time. */
  public static final class RekeyRunning extends VaultException {
    private static final long serialVersionUID = 1L;

    public RekeyRunning() {
      super("a re-key job is running");
    }
  }

  /** There is no such version of this key. */
  public static final class UnknownKey extends VaultException {
    private static final long serialVersionUID = 1L;

    public UnknownKey() {
      super("no such key");
    }
  }

  /** There is no such re-key job. */
  public static final class UnknownJob extends VaultException {
    private static final long serialVersionUID = 1L;

    public UnknownJob() {
      super("no such job");
    }
  }

  /** The key is in force, or something still needs it. */
  public static final class KeyNeeded extends VaultException {
    private static final long serialVersionUID = 1L;

    private final long needs;

    public KeyNeeded(long needs) {
      super("the key is needed");
      this.needs = needs;
    }

    /** How many rows, keys or calls need it; 0 for a key that is in force. */
    public long needs() {
      return needs;
    }
  }

  /**
   * A row that answers this request was changed behind the vault's back; nothing of it is given
   * out.
   */
  public static final class IntegrityViolated extends VaultException {
    private static final long serialVersionUID = 1L;

    public IntegrityViolated() {
      super("a stored row does not verify");
    }
  }
}
