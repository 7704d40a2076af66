package io.scrip.format;

import io.scrip.format.FormatException.BadOption;
import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A valid address: random small letters and digits before the at sign (mail systems may ignore
 * case, so there are no capitals), 25 of them by default, which are 129 bits. The domain stays, or
 * is a reserved one that never receives mail.
 *
 * @param domain in place of the data's own: one that RFC 2606 reserves, or a name below it; empty:
 *     the domain stays
 * @param length characters before the at sign, 1 to 64
 */
record EmailFormat(Optional<String> domain, int length) implements TokenFormat {
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?:.*\\.)?(?:example\\.(?:com|net|org)|[^.]+\\.(?:test|example|invalid|localhost))");
  private static final String KEEP = "keep";

  static TokenFormat of(Options options) {
    String domain = options.text("domain").orElse(KEEP);
    int length = options.whole("length", 25, 1, EmailAddress.MAX_LOCAL_OCTETS);
    Optional<String> other = domain.equals(KEEP) ? Optional.empty() : Optional.of(reserved(domain));
    return options.complete(new EmailFormat(other, length));
  }

  private static String reserved(String domain) {
    boolean plain = EmailAddress.isHost(domain) && domain.equals(domain.toLowerCase(Locale.ROOT));
    boolean fits = domain.length() <= EmailAddress.MAX_OCTETS - 1 - EmailAddress.MAX_LOCAL_OCTETS;
    if (!plain || !fits || !RESERVED.matcher(domain).matches()) {
      throw new BadOption(
          "domain",
          "domain is keep, or in lower case a domain that RFC 2606 reserves, such as example.com");
    }
    return domain;
  }

  @Override
  public String kind() {
    return "email";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(Map.of("domain", domain.orElse(KEEP), "length", length));
  }

  @Override
  public Mask mask() {
    return new Mask.Email(Mask.SYMBOL);
  }

  @Override
  public void check(String data) {
    parse(data);
  }

  @Override
  public String draw(String data, Draw draw) {
    String domain = domain(parse(data));
    return draw.until(
        token -> !token.equals(data),
        () -> draw.pick(Alphabet.LOWER_ALPHANUMERIC, length) + "@" + domain);
  }

  @Override
  public BigInteger space(String data) {
    EmailAddress address = parse(data);
    boolean couldBeToken =
        address.local().length() == length
            && Alphabet.LOWER_ALPHANUMERIC.hasAll(address.local())
            && address.domain().equals(domain(address));
    return couldBeToken ? smallestSpace() : all();
  }

  @Override
  public BigInteger smallestSpace() {
    return all().subtract(BigInteger.ONE);
  }

  private EmailAddress parse(String data) {
    EmailAddress address = EmailAddress.parse(data);
    if (length + 1 + EmailAddress.octets(domain(address)) > EmailAddress.MAX_OCTETS) {
      throw new DataDoesNotFit("the domain is too long to stand behind a token");
    }
    return address;
  }

  private String domain(EmailAddress address) {
    return domain.orElse(address.domain());
  }

  private BigInteger all() {
    return BigInteger.valueOf(Alphabet.LOWER_ALPHANUMERIC.size()).pow(length);
  }
}
