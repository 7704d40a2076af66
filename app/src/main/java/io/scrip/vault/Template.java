package io.scrip.vault;

import io.scrip.audit.AuditEvent;
import io.scrip.format.Mask;
import io.scrip.format.TokenFormat;
import io.scrip.lease.LeaseTerms;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tokens look like, how long they live, and what may be shown of what is behind them.
 *
 * @param name 1 to 64 characters of {@code a-z 0-9 . _ -}, starting with a letter
 * @param revision 0 for a built-in; a tenant's own count from 1, one more with each change
 * @param mask what the masked view shows
 * @param revealPermission what a plain reveal needs beyond {@code detokenize}
 * @param allowSmallSpace says that fewer than {@link #MIN_SPACE} tokens are meant
 * @param erasable values are sealed under keys of their subject, so that erasing it ends every copy
 * @param searchable tokens can be found by their value, for which each row keeps the value's
 *     digest; always so for a convergent template, whose rows have it anyway
 */
public record Template(
    String name,
    int revision,
    TokenFormat format,
    Mode mode,
    LeaseTerms lease,
    Mask mask,
    Optional<String> revealPermission,
    boolean allowSmallSpace,
    boolean erasable,
    boolean searchable,
    Optional<String> description) {

  /**
   * A smaller space can be enumerated; the bound is that of NIST SP 800-38G r1 for
   * format-preserving encryption.
   */
  public static final BigInteger MIN_SPACE = BigInteger.valueOf(1_000_000);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
  private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9:._-]{0,63}");
  private static final int MAX_DESCRIPTION = 256;

  public Template {
    searchable = searchable || mode == Mode.CONVERGENT;
    require(
        isName(name),
        "A template's name has 1 to 64 characters of a-z 0-9 . _ - and starts with a letter.");
    revealPermission.ifPresent(
        word ->
            require(
                PERMISSION.matcher(word).matches(),
                "revealPermission has 1 to 64 characters of a-z 0-9 : . _ - and starts with a letter."));
    description.ifPresent(
        text ->
            require(
                text.length() <= MAX_DESCRIPTION,
                "description has at most " + MAX_DESCRIPTION + " characters."));
    require(
        !erasable || mode != Mode.CONVERGENT,
        "An erasable template is not convergent: its equal values would share one token, and with it the keys of"
            + " whoever came first.");
    format.check(mask);
    if (!allowSmallSpace && format.smallestSpace().compareTo(MIN_SPACE) < 0) {
      throw new VaultException.TemplateSpaceTooSmall();
    }
  }

  /** Whether equal values get equal tokens. */
  public enum Mode {
    RANDOM,
    CONVERGENT
  }

  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && AuditEvent.isTemplate(name);
  }

  public boolean isBuiltIn() {
    return revision == 0;
  }

  Template withRevision(int next) {
    return new Template(
        name,
        next,
        format,
        mode,
        lease,
        mask,
        revealPermission,
        allowSmallSpace,
        erasable,
        searchable,
        description);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new VaultException.TemplateInvalid(otherwise);
    }
  }
}
