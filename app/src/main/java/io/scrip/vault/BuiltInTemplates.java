package io.scrip.vault;

import io.scrip.format.Mask;
import io.scrip.format.TokenFormat;
import io.scrip.lease.LeaseTerms;
import io.scrip.vault.Template.Mode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The templates that every tenant has, ready without set-up. Tokens are drawn again from them, so
 * none may ever change: a better one gets another name.
 */
final class BuiltInTemplates {
  static final Template OPAQUE =
      template("opaque", "first=0,last=0,symbol=*", "Random text of 130 bits; the default.");

  private static final Map<String, Template> ALL = new LinkedHashMap<>();

  static {
    add(OPAQUE);
    add(template("uuid", "first=0,last=0,symbol=*", "A random UUID."));
    add(
        template(
            "card",
            "first=0,last=4,symbol=*",
            "Digits like a card number, never a real one; keeps the first six and last four."));
    add(template("digits", "first=0,last=2,symbol=*", "Digits, as many as the value has."));
    add(
        template(
            "alphanumeric", "first=0,last=2,symbol=*", "Digit for digit and letter for letter."));
    add(template("email", "email,symbol=*", "A valid address of the same domain."));
    add(template("phone", "first=0,last=2,symbol=*", "An E.164 number of the same country."));
    add(
        template(
            "ssn",
            "first=0,last=4,symbol=*",
            "A social security number that is never issued; keeps nothing."));
    add(template("iban", "first=2,last=4,symbol=*", "Like an IBAN of the same country."));
    add(template("date", "first=0,last=0,symbol=*", "A real calendar date."));
  }

  private BuiltInTemplates() {}

  static Optional<Template> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  static Collection<Template> all() {
    return ALL.values();
  }

  private static void add(Template template) {
    ALL.put(template.name(), template);
  }

  private static Template template(String kind, String mask, String description) {
    return new Template(
        kind,
        0,
        TokenFormat.of(kind, Map.of()),
        Mode.RANDOM,
        LeaseTerms.UNBOUNDED,
        Mask.parse(mask),
        Optional.empty(),
        true,
        false,
        false,
        Optional.of(description));
  }
}
