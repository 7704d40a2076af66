package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.config;
import static io.scrip.crypto.TestKeys.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CiphertextSealer.Flaw;
import io.scrip.crypto.CiphertextSealer.Opening;
import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CiphertextSealerTest {
  private static final byte[] CONTEXT = bytes("tenant and context");
  private static final byte[] VALUE = bytes("4111 1111 1111 1111");

  private final InMemoryKeyTable table = new InMemoryKeyTable();
  private final ManualClock clock = new ManualClock();
  private final Keyring keyring = TestKeys.keyring(table, KeyConfig.DEFAULT, clock);
  private final CiphertextSealer sealer = keyring.ciphertexts();

  @Test
  void a_flipped_bit_anywhere_refuses_to_open() {
    byte[] envelope = bytesOf(sealer.seal(VALUE, CONTEXT));
    for (int bit = 0; bit < envelope.length * 8; bit++) {
      byte[] flipped = envelope.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(sealer.open(textOf(flipped), CONTEXT)).isInstanceOf(Opening.Closed.class);
    }
  }

  @Test
  void another_character_anywhere_refuses_to_open() {
    String ciphertext = sealer.seal(bytes("x"), CONTEXT);
    for (int at = 0; at < ciphertext.length(); at++) {
      for (char other = 0; other < 0x100; other++) {
        if (other != ciphertext.charAt(at)) {
          String changed = ciphertext.substring(0, at) + other + ciphertext.substring(at + 1);
          assertThat(sealer.open(changed, CONTEXT))
              .as("character %s at %s", (int) other, at)
              .isInstanceOf(Opening.Closed.class);
        }
      }
    }
  }

  @Test
  void cut_or_lengthened_it_refuses_to_open() {
    String ciphertext = sealer.seal(VALUE, CONTEXT);
    for (int length = 0; length < ciphertext.length(); length++) {
      assertThat(sealer.open(ciphertext.substring(0, length), CONTEXT))
          .isInstanceOf(Opening.Closed.class);
      assertThat(sealer.open(ciphertext.substring(ciphertext.length() - length), CONTEXT))
          .isInstanceOf(Opening.Closed.class);
    }
    for (String more : List.of("A", "AA", "AAA", "AAAA", "=", "\n", " ", "\u0000")) {
      assertThat(sealer.open(ciphertext + more, CONTEXT)).isInstanceOf(Opening.Closed.class);
      assertThat(sealer.open(more + ciphertext, CONTEXT)).isInstanceOf(Opening.Closed.class);
    }
  }

  @Test
  void another_context_refuses_to_open() {
    String ciphertext = sealer.seal(VALUE, CONTEXT);
    for (String other :
        List.of("", "tenant and contexu", "tenant and contex", "tenant and context ")) {
      assertThat(sealer.open(ciphertext, bytes(other)))
          .isEqualTo(new Opening.Closed(Flaw.WILL_NOT_OPEN));
    }
  }

  @Test
  void a_record_of_the_vault_written_as_a_ciphertext_refuses_to_open() {
    byte[] record = keyring.records().seal(VALUE, CONTEXT).sealed();
    assertThat(sealer.open(textOf(record), CONTEXT))
        .isEqualTo(new Opening.Closed(Flaw.UNKNOWN_KEY));
  }

  @Test
  void a_ciphertext_put_into_a_row_refuses_to_open() {
    byte[] envelope = bytesOf(sealer.seal(VALUE, CONTEXT));
    RecordSealer records = keyring.records();
    assertThatThrownBy(() -> records.open(dataKeyId(envelope), envelope, CONTEXT))
        .isInstanceOf(CryptoException.WillNotOpen.class);
  }

  @Test
  void a_key_that_is_gone_or_never_was_refuses_to_open() {
    byte[] envelope = bytesOf(sealer.seal(VALUE, CONTEXT));
    for (long id : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 4_711}) {
      ByteBuffer.wrap(envelope).putLong(1, id);
      assertThat(sealer.open(textOf(envelope), CONTEXT))
          .isEqualTo(new Opening.Closed(Flaw.UNKNOWN_KEY));
    }
  }

  @Test
  void a_key_table_that_is_away_is_no_refusal() {
    String ciphertext = sealer.seal(VALUE, CONTEXT);
    CiphertextSealer other = TestKeys.keyring(table, KeyConfig.DEFAULT, clock).ciphertexts();
    table.goAway(true);
    assertThatThrownBy(() -> other.open(ciphertext, CONTEXT))
        .isInstanceOf(KeyServiceUnavailable.class);
    assertThatThrownBy(() -> other.seal(VALUE, CONTEXT)).isInstanceOf(KeyServiceUnavailable.class);
    table.goAway(false);
    assertThat(value(other.open(ciphertext, CONTEXT))).isEqualTo(VALUE);
  }

  @Test
  void a_value_larger_than_any_is_not_sealed() {
    assertThatThrownBy(
            () -> sealer.seal(new byte[CiphertextSealer.MAX_PLAINTEXT_BYTES + 1], CONTEXT))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] largest = new byte[CiphertextSealer.MAX_PLAINTEXT_BYTES];
    assertThat(value(sealer.open(sealer.seal(largest, CONTEXT), CONTEXT))).isEqualTo(largest);
  }

  /** Noise into the parser: a closed answer, and nothing else. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noise_refuses_to_open(long seed) {
    Random random = new Random(seed);
    String good = sealer.seal(VALUE, CONTEXT);
    String alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=: \u0000\u00e9\u0130\ud83d";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text =
          new StringBuilder(random.nextBoolean() ? good : random.nextBoolean() ? "scrip:v1:" : "");
      for (int change = random.nextInt(6) + 1; change > 0; change--) {
        char one = alphabet.charAt(random.nextInt(alphabet.length()));
        int at = random.nextInt(text.length() + 1);
        if (random.nextBoolean() || at == text.length()) {
          text.insert(at, one);
        } else {
          text.setCharAt(at, one);
        }
      }
      if (!text.toString().equals(good)) {
        assertThat(sealer.open(text.toString(), CONTEXT))
            .as("seed %s, round %s", seed, i)
            .isInstanceOf(Opening.Closed.class);
      }
    }
  }

  @Test
  void what_was_sealed_opens_to_the_byte() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] value = new byte[random.nextInt(3_000)];
      byte[] context = new byte[random.nextInt(100)];
      random.nextBytes(value);
      random.nextBytes(context);
      String ciphertext = sealer.seal(value, context);
      assertThat(ciphertext).matches("scrip:v1:[A-Za-z0-9_-]+");
      assertThat(value(sealer.open(ciphertext, context)))
          .as("seed %d, round %d", seed, i)
          .isEqualTo(value);
    }
  }

  @Test
  void every_version_stays_readable_through_rotations_of_both_kinds_and_a_restart() {
    List<String> ciphertexts = new ArrayList<>();
    Set<Long> keys = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      String ciphertext = sealer.seal(bytes("value " + i), CONTEXT);
      ciphertexts.add(ciphertext);
      assertThat(keys.add(dataKeyId(bytesOf(ciphertext)))).isTrue();
      table.insert(keyring.nextKeyEncryptionKey());
      keyring.retireBelow(dataKeyId(bytesOf(ciphertext)) + 1);
    }
    CiphertextSealer restarted = TestKeys.keyring(table, KeyConfig.DEFAULT, clock).ciphertexts();
    for (CiphertextSealer reader : List.of(sealer, restarted)) {
      for (int i = 0; i < ciphertexts.size(); i++) {
        assertThat(value(reader.open(ciphertexts.get(i), CONTEXT))).isEqualTo(bytes("value " + i));
      }
    }
  }

  @Test
  void it_is_ready_once_it_has_a_key_and_not_after_the_key_was_retired() {
    assertThat(sealer.isReady()).isFalse();
    String ciphertext = sealer.seal(VALUE, CONTEXT);
    assertThat(sealer.isReady()).isTrue();
    keyring.retireBelow(dataKeyId(bytesOf(ciphertext)) + 1);
    assertThat(sealer.isReady()).isFalse();
  }

  @Test
  void pitfall_01_no_nonce_repeats_and_pitfall_02_no_key_seals_more_than_its_limit() {
    CiphertextSealer limited =
        TestKeys.keyring(table, config(records(10), 10), clock).ciphertexts();
    Set<String> heads = new HashSet<>();
    java.util.Map<Long, Integer> perKey = new java.util.HashMap<>();
    for (int i = 0; i < 500; i++) {
      byte[] envelope = bytesOf(limited.seal(VALUE, CONTEXT));
      assertThat(heads.add(TestKeys.hex(java.util.Arrays.copyOfRange(envelope, 1, 21)))).isTrue();
      perKey.merge(dataKeyId(envelope), 1, Integer::sum);
    }
    assertThat(perKey.values()).allMatch(count -> count <= 10);
  }

  @Test
  void whoever_has_no_custodian_seals_and_opens_nothing_but_what_others_can_open() {
    Keyring writing =
        Keyring.start(
            table,
            Optional.empty(),
            RootSet.of(TestKeys.DIGEST_ROOT),
            KeyConfig.DEFAULT,
            "writer",
            TestKeys.RANDOM,
            clock);
    String ciphertext = writing.ciphertexts().seal(VALUE, CONTEXT);
    assertThat(writing.ciphertexts().open(ciphertext, CONTEXT))
        .isEqualTo(new Opening.Closed(Flaw.UNKNOWN_KEY));
    assertThat(value(sealer.open(ciphertext, CONTEXT))).isEqualTo(VALUE);
    clock.advance(Duration.ofDays(2));
    assertThat(value(sealer.open(ciphertext, CONTEXT))).isEqualTo(VALUE);
  }

  private static byte[] value(Opening opening) {
    return ((Opening.Opened) opening).plaintext();
  }

  private static byte[] bytesOf(String ciphertext) {
    return Base64.getUrlDecoder()
        .decode(
            ciphertext
                .substring(CiphertextSealer.PREFIX.length())
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static String textOf(byte[] envelope) {
    return CiphertextSealer.PREFIX
        + Base64.getUrlEncoder().withoutPadding().encodeToString(envelope);
  }

  private static long dataKeyId(byte[] envelope) {
    return ByteBuffer.wrap(envelope).getLong(1);
  }
}
