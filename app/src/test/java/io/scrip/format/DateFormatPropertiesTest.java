package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DateFormatPropertiesTest {
  private final TokenFormat format = Laws.format("date");
  private final TokenFormat near = Laws.format("date", "range-days", "30");

  @Test
  void every_token_is_a_day_of_two_centuries() {
    Laws.hold(
        format,
        DateFormatPropertiesTest::day,
        (_, token) ->
            assertThat(LocalDate.parse(token))
                .isBetween(LocalDate.of(1900, 1, 1), LocalDate.of(2099, 12, 31)));
  }

  @Test
  void within_a_range_every_token_is_near() {
    Laws.hold(
        near,
        DateFormatPropertiesTest::day,
        (data, token) ->
            assertThat(
                    Math.abs(
                        ChronoUnit.DAYS.between(LocalDate.parse(data), LocalDate.parse(token))))
                .isBetween(1L, 30L));
  }

  @Test
  void the_space_is_exact() {
    Laws.spaceIsExact(near, "2024-02-29");
    Laws.spaceIsExact(near, "0001-01-01");
    Laws.spaceIsExact(near, "0001-01-11");
    Laws.spaceIsExact(near, "9999-12-31");
    Laws.spaceIsExact(Laws.format("date", "range-days", "1"), "2000-01-01");
    assertThat(near.space("9999-12-31")).isEqualTo(near.smallestSpace());
    assertThat(format.space("1899-12-31")).isEqualTo(BigInteger.valueOf(73_049));
    assertThat(format.space("1900-01-01")).isEqualTo(BigInteger.valueOf(73_048));
    assertThat(format.smallestSpace()).isEqualTo(BigInteger.valueOf(73_048));
  }

  @Test
  void what_is_no_day_of_the_calendar_is_refused() {
    Laws.refuses(
        format,
        "",
        "2023-02-29",
        "1900-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-04-31",
        "0000-01-01",
        "-001-01-01",
        "+2024-01-1",
        "2024-1-01",
        "20240101",
        "2024/01/01",
        "2024-01-01T",
        "2024-01-01\n",
        "12024-01-01",
        "٢٠٢٤-٠١-٠١");
  }

  @Test
  void ranges_out_of_bounds_are_refused() {
    Laws.refusesOption("date", "range-days", "0");
    Laws.refusesOption("date", "range-days", "36526");
    Laws.refusesOption("date", "range-days", "P30D");
  }

  @Test
  void noise_is_refused_or_tokenized() {
    Laws.standsNoise(near, "012-");
  }

  private static String day(Random random) {
    return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059)).toString();
  }
}
