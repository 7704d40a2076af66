package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.DIGEST_ROOT;
import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.SEAL_ROOT;
import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CryptoException.WillNotOpen;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileCustodyTest {
  private static final byte[] KEY = bytes("32 bytes that are a private half");
  private static final byte[] BOUND = bytes("version 1");

  private final FileCustody custody = new FileCustody(SEAL_ROOT, RANDOM);

  @Test
  void what_was_wrapped_unwraps() {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    assertThat(custody.unwrap(wrapped, BOUND)).isEqualTo(KEY);
    assertThat(wrapped).hasSize(1 + 4 + 12 + KEY.length + 16);
    assertThat(wrapped[0]).isEqualTo((byte) 1);
    assertThat(TestKeys.hex(Arrays.copyOfRange(wrapped, 1, 5))).isEqualTo(custody.rootId());
  }

  @Test
  void no_nonce_is_used_twice() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] wrapped = custody.wrap(KEY, BOUND);
      assertThat(nonces.add(TestKeys.hex(Arrays.copyOfRange(wrapped, 5, 17)))).isTrue();
    }
  }

  @Test
  void a_flipped_bit_or_a_cut_anywhere_refuses_to_unwrap() {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    for (int bit = 0; bit < wrapped.length * 8; bit++) {
      byte[] flipped = wrapped.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertWillNotOpen(custody, flipped, BOUND);
    }
    for (int size = 0; size < wrapped.length; size++) {
      assertWillNotOpen(custody, Arrays.copyOf(wrapped, size), BOUND);
    }
    assertWillNotOpen(custody, Arrays.copyOf(wrapped, wrapped.length + 1), BOUND);
  }

  @Test
  void other_associated_data_or_another_root_refuses_to_unwrap() {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    assertWillNotOpen(custody, wrapped, bytes("version 2"));
    assertWillNotOpen(custody, wrapped, new byte[0]);
    var other = new FileCustody(TestKeys.root(RootKind.SEAL, 0x77), RANDOM);
    assertWillNotOpen(other, wrapped, BOUND);
  }

  @Test
  void noise_refuses_to_unwrap() {
    long seed = 3;
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = 1;
      }
      assertThatThrownBy(() -> custody.unwrap(noise, BOUND))
          .as("seed %d, round %d", seed, i)
          .isExactlyInstanceOf(WillNotOpen.class);
    }
  }

  @Test
  void a_digest_root_wraps_nothing() {
    assertThatThrownBy(() -> new FileCustody(DIGEST_ROOT, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertWillNotOpen(Custody custody, byte[] wrapped, byte[] bound) {
    assertThatThrownBy(() -> custody.unwrap(wrapped, bound)).isExactlyInstanceOf(WillNotOpen.class);
  }
}
