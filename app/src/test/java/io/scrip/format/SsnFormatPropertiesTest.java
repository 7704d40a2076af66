package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsnFormatPropertiesTest {
  private static final String NEVER_ISSUED = "(000|666|9[0-9]{2})-?[0-9]{2}-?[0-9]{4}";

  /** ITIN and ATIN, IRS Publication 1915: the middle pairs of 9xx that people bear. */
  private static final String TAX_NUMBER =
      "9[0-9]{2}-?(5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-9])-?[0-9]{4}";

  private final TokenFormat format = Laws.format("ssn");
  private final TokenFormat lastFour = Laws.format("ssn", "tail", "4");

  @Test
  void no_token_was_ever_issued_to_anybody() {
    Laws.hold(
        format,
        SsnFormatPropertiesTest::number,
        (data, token) -> {
          assertThat(token).hasSameSizeAs(data).matches(NEVER_ISSUED).doesNotMatch(TAX_NUMBER);
          assertThat(token.contains("-")).isEqualTo(data.contains("-"));
        });
  }

  @Test
  void the_last_four_stay_where_wanted() {
    Laws.hold(
        lastFour,
        SsnFormatPropertiesTest::number,
        (data, token) ->
            assertThat(token).matches(NEVER_ISSUED).endsWith(data.substring(data.length() - 4)));
  }

  @Test
  void the_space_is_exact() {
    Laws.spaceIsExact(lastFour, "078-05-1120");
    Laws.spaceIsExact(lastFour, "666051120");
    assertThat(lastFour.smallestSpace()).isEqualTo(BigInteger.valueOf(3_099));
    assertThat(format.space("078051120")).isEqualTo(BigInteger.valueOf(31_000_000));
    assertThat(format.space("900-00-0000")).isEqualTo(format.smallestSpace());
    assertThat(format.space("900-70-0000")).isEqualTo(BigInteger.valueOf(31_000_000)); // an ITIN
  }

  @Test
  void other_shapes_are_refused() {
    Laws.refuses(
        format,
        "",
        "07805112",
        "0780511200",
        "078-051120",
        "07805-1120",
        "078 05 1120",
        "078-05-112x",
        "078-05-1120\n",
        "٠٧٨٠٥١١٢٠");
    Laws.refusesOption("ssn", "tail", "3");
    Laws.refusesOption("ssn", "tail", "04");
    Laws.refusesOption("ssn", "head", "3");
  }

  private static String number(Random random) {
    String digits = Laws.digits(random, 9);
    return random.nextBoolean()
        ? digits
        : digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5);
  }
}
