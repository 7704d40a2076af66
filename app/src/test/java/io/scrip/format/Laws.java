package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scrip.format.FormatException.BadOption;
import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Laws that every format keeps, over generated data; each failure names its seed. */
final class Laws {
  private static final int RUNS = 3_000;

  private Laws() {}

  static TokenFormat format(String kind, String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return TokenFormat.of(kind, map);
  }

  static String draw(TokenFormat format, String data, long seed) {
    return format.draw(data, new Draw(new SplitMix(seed)));
  }

  /** Draws a token for each of thousands of generated values, and hands both over. */
  static void hold(
      TokenFormat format, Function<Random, String> values, BiConsumer<String, String> law) {
    for (long seed = 0; seed < RUNS; seed++) {
      String data = values.apply(new Random(seed));
      String token = draw(format, data, seed);
      try {
        law.accept(data, token);
        commonLaws(format, data, token, seed);
      } catch (AssertionError broken) {
        throw new AssertionError(
            format.kind() + format.options() + " breaks a law with seed " + seed, broken);
      }
    }
  }

  private static void commonLaws(TokenFormat format, String data, String token, long seed) {
    format.check(data);
    assertThat(token).isNotEqualTo(data).isEqualTo(draw(format, data, seed));
    assertThat(format.space(data)).isGreaterThanOrEqualTo(format.smallestSpace());
    assertThat(format.isMalformed(token)).isFalse();
    assertThat(OpaqueFormat.isMistyped(token)).isFalse();
  }

  /** Draws until every token has surely come, and counts them. Only for small spaces. */
  static void spaceIsExact(TokenFormat format, String data) {
    BigInteger space = format.space(data);
    assertThat(space).isBetween(BigInteger.ONE, BigInteger.valueOf(20_000));
    Set<String> tokens = new HashSet<>();
    Draw draw = new Draw(new SplitMix(42));
    for (int i = 0; i < 25 * space.intValueExact() + 500; i++) {
      tokens.add(format.draw(data, draw));
    }
    assertThat(tokens).as(format.kind() + format.options()).hasSize(space.intValueExact());
  }

  /** Refused by all three, with a message that does not repeat the data. */
  static void refuses(TokenFormat format, String... data) {
    for (String unfit : data) {
      for (Throwable refusal :
          new Throwable[] {
            catchThrowable(() -> format.check(unfit)),
            catchThrowable(() -> draw(format, unfit, 1)),
            catchThrowable(() -> format.space(unfit))
          }) {
        assertThat(refusal).as("refusal of <%s>", unfit).isInstanceOf(DataDoesNotFit.class);
        assertThat(unfit.length() < 5 || !String.valueOf(refusal).contains(unfit)).isTrue();
        assertThat(refusal.getCause()).isNull();
      }
    }
  }

  static void refusesOption(String kind, String option, String value, String... others) {
    Map<String, String> options = new HashMap<>(format(kind, others).options());
    options.put(option, value);
    assertThatThrownBy(() -> TokenFormat.of(kind, options))
        .as("%s with %s=%s", kind, option, value)
        .isInstanceOfSatisfying(BadOption.class, bad -> assertThat(bad.option()).isEqualTo(option));
  }

  /** Noise, of which now and then something fits. */
  static void standsNoise(TokenFormat format, String alphabet) {
    int[] symbols = alphabet.codePoints().toArray();
    for (long seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      StringBuilder noise = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        noise.appendCodePoint(symbols[random.nextInt(symbols.length)]);
      }
      String data = noise.toString();
      Throwable thrown = catchThrowable(() -> draw(format, data, 7));
      assertThat(thrown == null || thrown instanceof DataDoesNotFit)
          .as("%s with seed %d: %s", format.kind(), seed, thrown)
          .isTrue();
    }
  }

  static String digits(Random random, int count) {
    return text(random, "0123456789", count);
  }

  static String text(Random random, String alphabet, int count) {
    int[] symbols = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(symbols[random.nextInt(symbols.length)]);
    }
    return text.toString();
  }
}
