package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrawTest {
  @Test
  void the_vectors_generator_is_splitmix64() {
    // The first outputs for this seed, as the reference implementation of Vigna prints them.
    SplitMix bits = new SplitMix(1234567);
    assertThat(Long.toUnsignedString(bits.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(bits.nextLong())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(bits.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void a_bound_below_one_is_refused() {
    Draw draw = new Draw(new SplitMix(1));
    assertThatThrownBy(() -> draw.below(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> draw.below(-5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_bound_of_one_gives_nothing_but_zero() {
    Draw draw = new Draw(new SplitMix(1));
    for (int i = 0; i < 100; i++) {
      assertThat(draw.below(1)).isZero();
    }
  }

  @Test
  void every_draw_is_below_its_bound() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      Draw draw = new Draw(new SplitMix(seed));
      for (int i = 0; i < 20; i++) {
        int bound = 1 + (random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31));
        assertThat(draw.below(bound)).as("seed %d, bound %d", seed, bound).isBetween(0, bound - 1);
      }
    }
  }

  @Test
  void bits_that_are_stuck_give_no_token() {
    Draw ones = new Draw(() -> -1L);
    assertThatThrownBy(() -> ones.below(Integer.MAX_VALUE))
        .isInstanceOf(IllegalStateException.class);
    TokenFormat pin = Laws.format("digits");
    Draw zeros = new Draw(() -> 0L);
    assertThatThrownBy(() -> pin.draw("0000", zeros)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void no_face_of_a_die_is_favoured() {
    // The bound 3 * 2^29 does not divide 2^32: reducing a word by remainder would favour the lowest
    // third by half.
    for (int bound : new int[] {2, 3, 6, 10, 36, 62, 3 << 29}) {
      Draw draw = new Draw(new SplitMix(bound));
      int third = (bound + 1) / 3;
      int low = 0;
      for (int i = 0; i < 60_000; i++) {
        low += draw.below(bound) < third ? 1 : 0;
      }
      double expected = 60_000.0 * third / bound;
      assertThat((double) low).as("bound %d", bound).isBetween(expected - 700, expected + 700);
    }
  }

  @Test
  void draws_that_follow_one_another_do_not_know_of_each_other() {
    int[] pairs = new int[100];
    Draw draw = new Draw(new SplitMix(5));
    for (int i = 0; i < 100_000; i++) {
      pairs[10 * draw.below(10) + draw.below(10)]++;
    }
    assertThat(Arrays.stream(pairs).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
  }

  @Test
  void hardly_a_bit_is_wasted() {
    AtomicInteger longs = new AtomicInteger();
    SplitMix bits = new SplitMix(9);
    Draw draw =
        new Draw(
            () -> {
              longs.incrementAndGet();
              return bits.nextLong();
            });
    draw.pick(Alphabet.ALPHANUMERIC, 22);
    assertThat(longs.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void the_draws_are_pinned_for_ever() {
    Draw draw = new Draw(new SplitMix(2026));
    List<Integer> drawn = new ArrayList<>();
    for (int bound : new int[] {10, 62, 2, 1_000_000, Integer.MAX_VALUE, 1, 256, 36, 3, 97}) {
      drawn.add(draw.below(bound));
    }
    assertThat(drawn).containsExactly(2, 45, 1, 541010, 2024369924, 0, 125, 29, 2, 7);
    assertThat(draw.bytes(8)).containsExactly(115, 168, 117, 30, 215, 170, 142, 184);
  }
}
