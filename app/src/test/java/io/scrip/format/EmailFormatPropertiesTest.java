package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmailFormatPropertiesTest {
  private final TokenFormat format = Laws.format("email");

  @Test
  void every_token_is_a_valid_address_of_the_same_domain() {
    Laws.hold(
        format,
        EmailFormatPropertiesTest::address,
        (data, token) -> {
          assertThat(token)
              .matches("[a-z0-9]{25}@.+")
              .endsWith(data.substring(data.lastIndexOf('@')));
          EmailAddress.parse(token);
        });
  }

  @Test
  void a_reserved_domain_takes_the_place_of_the_own_one() {
    Laws.hold(
        Laws.format("email", "domain", "tokens.example.com", "length", "12"),
        EmailFormatPropertiesTest::address,
        (_, token) -> assertThat(token).matches("[a-z0-9]{12}@tokens\\.example\\.com"));
  }

  @Test
  void the_space_is_exact() {
    TokenFormat small = Laws.format("email", "length", "1");
    Laws.spaceIsExact(small, "jane@example.org");
    Laws.spaceIsExact(small, "a@example.org");
    assertThat(small.space("A@example.org")).isEqualTo(BigInteger.valueOf(36));
    assertThat(small.space("a@example.org")).isEqualTo(small.smallestSpace());
    Laws.spaceIsExact(Laws.format("email", "length", "2", "domain", "a.test"), "ab@a.test");
    assertThat(format.smallestSpace().bitLength() - 1).isGreaterThanOrEqualTo(128);
  }

  @Test
  void addresses_of_every_lawful_kind_fit() {
    for (String lawful :
        new String[] {
          "a@b.co",
          "first.last+tag@sub.example.co.uk",
          "!#$%&'*+/=?^_`{|}~-@example.com",
          "\"john doe\"@example.com",
          "\"a@b\\\"c\"@example.com",
          "用户@例子.广告",
          "x".repeat(64) + "@example.com",
          "a@" + "d".repeat(63) + ".com"
        }) {
      format.check(lawful);
    }
  }

  @Test
  void what_is_no_address_is_refused() {
    Laws.refuses(
        format,
        "",
        "@",
        "jane.example.org",
        "@example.org",
        "jane@",
        "jane@localhost",
        "jane@.example.org",
        "jane@example..org",
        "jane@-example.org",
        "jane@example-.org",
        "jane@example.org.",
        "jane@[192.0.2.1]",
        "jane doe@example.org",
        ".jane@example.org",
        "jane.@example.org",
        "ja..ne@example.org",
        "jane@exa mple.org",
        "jane@example.org\n",
        "jane\0@example.org",
        "\"jane@example.org",
        "jane@a@example.org",
        "a@" + "d".repeat(64) + ".com",
        "x".repeat(65) + "@example.org",
        "é".repeat(33) + "@example.org",
        "a@" + "d.".repeat(126) + "co");
  }

  @Test
  void a_domain_too_long_for_a_token_is_refused() {
    Laws.refuses(format, "a@" + "d.".repeat(114) + "co");
    format.check("a@" + "d.".repeat(113) + "co");
  }

  @Test
  void a_domain_that_could_receive_mail_is_refused() {
    for (String bad :
        new String[] {
          "",
          "gmail.com",
          "example.de",
          "badexample.com",
          "example",
          "test",
          "Example.com",
          ".test",
          "a b.test",
          "example.com.evil.org"
        }) {
      Laws.refusesOption("email", "domain", bad);
    }
    Laws.refusesOption("email", "length", "0");
    Laws.refusesOption("email", "length", "65");
  }

  @Test
  void noise_is_refused_or_tokenized() {
    Laws.standsNoise(format, "ab.@-\"\\");
    Laws.standsNoise(format, "a@.é😀\0 ");
  }

  private static String address(Random random) {
    return Laws.text(random, "abcXYZ0129+_", 1 + random.nextInt(30))
        + "@"
        + Laws.text(random, "abcéZ09", 1 + random.nextInt(20))
        + ".example";
  }
}
