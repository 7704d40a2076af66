package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An address in its two parts, as RFC 5321 sizes them (section 4.5.3.1: local part 64 octets,
 * domain 255, and 254 for both with the at sign, since a path is 256 with its brackets) and RFC
 * 5322, section 3.2.3, spells them: a dotted name or a quoted string, then a host name of two
 * labels or more. Other scripts may stand in both, RFC 6531; address literals in brackets are
 * refused.
 */
record EmailAddress(String local, String domain) {
  static final int MAX_OCTETS = 254;
  static final int MAX_LOCAL_OCTETS = 64;

  private static final String ATOM =
      "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-[\\p{L}\\p{M}\\p{N}&&\\P{ASCII}]]+";
  private static final Pattern DOTTED = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*+");
  private static final Pattern QUOTED =
      Pattern.compile("\"(?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\\x20-\\x7E])*+\"");
  private static final String LABEL =
      "[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";
  private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");

  static EmailAddress parse(String text) {
    int at = text.lastIndexOf('@');
    if (text.length() > MAX_OCTETS || at < 1) {
      throw new DataDoesNotFit(
          "an e-mail address is a local part, @ and a domain, 254 bytes at most");
    }
    EmailAddress address = new EmailAddress(text.substring(0, at), text.substring(at + 1));
    address.check();
    return address;
  }

  static boolean isHost(String text) {
    return text.length() <= MAX_OCTETS && HOST.matcher(text).matches();
  }

  private void check() {
    if (octets(local) > MAX_LOCAL_OCTETS || octets(local) + 1 + octets(domain) > MAX_OCTETS) {
      throw new DataDoesNotFit("an e-mail address has at most 64 bytes before @ and 254 in all");
    }
    if (!DOTTED.matcher(local).matches() && !QUOTED.matcher(local).matches()) {
      throw new DataDoesNotFit("the part before @ is neither a dotted name nor a quoted string");
    }
    if (!isHost(domain)) {
      throw new DataDoesNotFit("the part behind @ is not a host name of two labels or more");
    }
  }

  static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
