package io.scrip.policy;

import io.scrip.identity.Action;
import io.scrip.identity.Caller;
import io.scrip.policy.Decision.Deny;
import io.scrip.policy.Decision.Permit;
import io.scrip.policy.Decision.Reason;
import java.util.Optional;

/** The rules. Pure: a caller's grants and a question in, a decision out. */
public final class Policy {
  private Policy() {}

  /** May the caller do this at all? */
  public static Decision decide(Caller caller, Action action) {
    return switch (action) {
      case TOKENIZE -> needs(caller, Permission.TOKENIZE);
      case DETOKENIZE -> widestView(caller);
      case ENCRYPT, REWRAP -> needs(caller, Permission.ENCRYPT);
      case DECRYPT -> needs(caller, Permission.DECRYPT);
      case LOOKUP -> needs(caller, Permission.READ_TOKENS);
      case SEARCH -> needs(caller, Permission.SEARCH_TOKENS);
      case RENEW -> needs(caller, Permission.RENEW_TOKENS);
      case REVOKE -> needs(caller, Permission.REVOKE_TOKENS);
      case READ_TEMPLATES -> needs(caller, Permission.READ_TEMPLATES);
      case WRITE_TEMPLATE, DELETE_TEMPLATE -> needs(caller, Permission.WRITE_TEMPLATES);
      case READ_AUDIT -> needs(caller, Permission.READ_AUDIT);
      case READ_KEYS -> needs(caller, Permission.READ_KEYS);
      case ROTATE_KEY, REKEY, DESTROY_KEY -> needs(caller, Permission.ROTATE_KEYS);
      case ERASE -> needs(caller, Permission.ERASE_SUBJECTS);
      case OPEN_CHAIN, CLOSE_CHAIN -> new Deny(Reason.PERMISSION_MISSING);
    };
  }

  /**
   * Which view of a value may the caller have?
   *
   * @param asked the view that the request names; the widest permitted one where it names none
   * @param templatePermission what the template asks for before it shows the plain value
   */
  public static Decision reveal(
      Caller caller, Optional<View> asked, Optional<String> templatePermission) {
    return switch (widestView(caller)) {
      case Deny deny -> deny;
      case Permit(View widest) -> reveal(caller, widest, asked.orElse(widest), templatePermission);
    };
  }

  private static Decision reveal(
      Caller caller, View widest, View asked, Optional<String> templatePermission) {
    if (asked == View.MASKED) {
      return new Permit(View.MASKED);
    }
    if (widest == View.MASKED) {
      return new Deny(Reason.MASKED_ONLY);
    }
    if (templatePermission.isPresent() && !caller.grants().contains(templatePermission.get())) {
      return new Deny(Reason.TEMPLATE_PERMISSION_MISSING);
    }
    return new Permit(View.PLAIN);
  }

  private static Decision widestView(Caller caller) {
    if (has(caller, Permission.DETOKENIZE)) {
      return new Permit(View.PLAIN);
    }
    return has(caller, Permission.DETOKENIZE_MASKED)
        ? new Permit(View.MASKED)
        : new Deny(Reason.PERMISSION_MISSING);
  }

  private static Decision needs(Caller caller, Permission permission) {
    return has(caller, permission) ? new Permit(View.PLAIN) : new Deny(Reason.PERMISSION_MISSING);
  }

  private static boolean has(Caller caller, Permission permission) {
    return caller.grants().contains(permission.word());
  }
}
