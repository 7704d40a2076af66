package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuhnVectorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "79927398713", // the example of the patent's descendants, in every textbook
        "4111111111111111", // test numbers that card schemes and payment services publish
        "4222222222222",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "30569309025904",
        "3530111333300000",
        "6304000000000000"
      })
  void published_numbers_pass_and_no_other_last_digit_does(String number) {
    String body = number.substring(0, number.length() - 1);
    for (char last = '0'; last <= '9'; last++) {
      assertThat(Luhn.passes(body + last)).isEqualTo(number.equals(body + last));
    }
  }

  @Test
  void a_single_wrong_digit_never_passes() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder number = new StringBuilder(CardFormatPropertiesTest.card(random));
      int at = random.nextInt(number.length());
      number.setCharAt(at, (char) ('0' + (number.charAt(at) - '0' + 1 + random.nextInt(9)) % 10));
      assertThat(Luhn.passes(number)).as("seed %d", seed).isFalse();
    }
  }
}
