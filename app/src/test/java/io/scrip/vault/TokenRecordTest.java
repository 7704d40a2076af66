package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.Plaintext;
import io.scrip.identity.Token;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records into bytes and back, and noise into the reader. */
class TokenRecordTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_record_comes_back_as_it_was(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      TokenRecord record = record(random);
      TokenRecord back = TokenRecord.decode(record.encode());
      assertThat(back.token()).as("seed %d", seed).isEqualTo(record.token());
      assertThat(back.name()).as("seed %d", seed).isEqualTo(record.name());
      assertThat(back.subject()).as("seed %d", seed).isEqualTo(record.subject());
      assertThat(back.metadata()).as("seed %d", seed).isEqualTo(record.metadata());
      assertThat(back.metadata().keySet())
          .as("seed %d, order", seed)
          .containsExactlyElementsOf(record.metadata().keySet());
      assertThat(back.data()).as("seed %d", seed).isEqualTo(record.data());
    }
  }

  @Test
  void an_absent_name_is_not_an_empty_one() {
    TokenRecord record =
        new TokenRecord(
            new Token("t"),
            Optional.of(""),
            Optional.empty(),
            "clerk",
            Map.of(),
            data(new byte[0]));
    TokenRecord back = TokenRecord.decode(record.encode());
    assertThat(back.name()).contains("");
    assertThat(back.subject()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void a_record_cut_before_its_value_is_no_record(long seed) {
    TokenRecord record = record(new Random(seed));
    byte[] whole = record.encode();
    for (int size = 0; size < whole.length - record.data().sizeBytes(); size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThatExceptionOfType(IllegalArgumentException.class)
          .as("seed %d, %d bytes", seed, size)
          .isThrownBy(() -> TokenRecord.decode(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 2, -1, 127})
  void another_version_is_no_record(byte version) {
    byte[] bytes = record(new Random(9)).encode();
    bytes[0] = version;
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> TokenRecord.decode(bytes));
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11, 12, 13})
  void noise_is_refused_or_read_and_nothing_else(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = random.nextBoolean() ? bytes(random, random.nextInt(80)) : bent(random);
      try {
        assertThat(TokenRecord.decode(noise))
            .as("seed %d", seed)
            .hasToString("TokenRecord[redacted]");
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).doesNotContain("tok-");
      }
    }
  }

  private static byte[] bent(Random random) {
    byte[] bytes = record(random).encode();
    for (int i = 0; i <= random.nextInt(4); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static TokenRecord record(Random random) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      metadata.put(text(random, 10), text(random, 50));
    }
    return new TokenRecord(
        new Token("tok-" + text(random, 30)),
        random.nextBoolean() ? Optional.of(text(random, 20)) : Optional.empty(),
        random.nextBoolean() ? Optional.of(text(random, 20)) : Optional.empty(),
        text(random, 20),
        metadata,
        data(bytes(random, random.nextInt(300))));
  }

  private static Plaintext data(byte[] bytes) {
    return Plaintext.ofUtf8(bytes);
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String text(Random random, int max) {
    StringBuilder text = new StringBuilder();
    random
        .ints(random.nextInt(max), 0, 0x11000)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
