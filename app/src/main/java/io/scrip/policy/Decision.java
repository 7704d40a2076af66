package io.scrip.policy;

/** The answer to "may this caller?". */
public sealed interface Decision {
  /**
   * @param view the most that the answer may show; {@link View#PLAIN} where nothing of a value is
   *     asked for
   */
  record Permit(View view) implements Decision {}

  record Deny(Reason reason) implements Decision {}

  /** Why not. */
  enum Reason {
    /** The caller lacks the action's permission. */
    PERMISSION_MISSING("permission-missing"),
    /** The caller may see the masked view and asked for the plain one. */
    MASKED_ONLY("masked-only"),
    /** The template asks for a permission of its own that the caller lacks. */
    TEMPLATE_PERMISSION_MISSING("template-permission-missing");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
