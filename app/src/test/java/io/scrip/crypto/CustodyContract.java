package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scrip.crypto.CryptoException.WillNotOpen;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What any custodian promises, wherever it keeps its root. */
abstract class CustodyContract {
  static final byte[] KEY = bytes("32 bytes that are a private half");
  static final byte[] BOUND = bytes("version 1");

  /** Which of them it is. */
  abstract CustodyKind kind();

  /** Whether it can stand beside {@link FileCustody}. */
  boolean isOneOfSeveral() {
    return true;
  }

  byte envelope() {
    return kind().envelope();
  }

  /** With a root of its own; the same one at each call in a test. */
  abstract Custody custody();

  /** With a newer root, and the one of {@link #custody} beside it. */
  abstract Custody rotated();

  /** With another root, and nothing of {@link #custody}. */
  abstract Custody stranger();

  static void assertWillNotOpen(Custody custody, byte[] wrapped, byte[] bound) {
    assertThatThrownBy(() -> custody.unwrap(wrapped, bound))
        .isExactlyInstanceOf(WillNotOpen.class)
        .hasMessage("the envelope does not open");
  }

  @Test
  void what_was_wrapped_unwraps() {
    Custody custody = custody();
    for (int size : new int[] {1, 16, 32, 33, 1_024}) {
      byte[] key = Arrays.copyOf(KEY, size);
      byte[] wrapped = custody.wrap(key, BOUND);
      assertThat(custody.unwrap(wrapped, BOUND)).isEqualTo(key);
      assertThat(wrapped[0]).isEqualTo(envelope());
      assertThat(TestKeys.hex(wrapped)).doesNotContain(TestKeys.hex(Arrays.copyOf(key, 8)));
    }
  }

  @Test
  void no_two_envelopes_are_alike() {
    Custody custody = custody();
    assertThat(custody.wrap(KEY, BOUND)).isNotEqualTo(custody.wrap(KEY, BOUND));
  }

  @Test
  void other_associated_data_refuses_to_unwrap() {
    Custody custody = custody();
    byte[] wrapped = custody.wrap(KEY, BOUND);
    for (String other : new String[] {"", "version 2", "version 1 ", "version"}) {
      assertWillNotOpen(custody, wrapped, bytes(other));
    }
    byte[] unbound = custody.wrap(KEY, new byte[0]);
    assertThat(custody.unwrap(unbound, new byte[0])).isEqualTo(KEY);
    assertWillNotOpen(custody, unbound, BOUND);
  }

  @Test
  void a_flipped_bit_anywhere_refuses_to_unwrap() {
    Custody custody = custody();
    byte[] wrapped = custody.wrap(KEY, BOUND);
    for (int bit = 0; bit < wrapped.length * 8; bit++) {
      byte[] flipped = wrapped.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertWillNotOpen(custody, flipped, BOUND);
    }
  }

  @Test
  void an_envelope_cut_or_lengthened_anywhere_refuses_to_unwrap() {
    Custody custody = custody();
    byte[] wrapped = custody.wrap(KEY, BOUND);
    for (int size = 0; size < wrapped.length; size++) {
      assertWillNotOpen(custody, Arrays.copyOf(wrapped, size), BOUND);
    }
    assertWillNotOpen(custody, Arrays.copyOf(wrapped, wrapped.length + 1), BOUND);
  }

  @Test
  void noise_refuses_to_unwrap() {
    Custody custody = custody();
    long seed = 3;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = envelope();
      }
      assertWillNotOpen(custody, noise, BOUND);
      assertThat(custody.covers(noise)).isFalse();
    }
  }

  @Test
  void another_root_refuses_to_unwrap() {
    byte[] wrapped = custody().wrap(KEY, BOUND);
    Custody stranger = stranger();
    assertWillNotOpen(stranger, wrapped, BOUND);
    assertThat(stranger.covers(wrapped)).isFalse();
  }

  @Test
  void an_older_root_still_unwraps_and_is_told_from_the_newest() {
    Custody before = custody();
    byte[] old = before.wrap(KEY, BOUND);
    String oldRoot = before.rootId();
    assertThat(before.covers(old)).isTrue();

    Custody after = rotated();
    assertThat(after.unwrap(old, BOUND)).isEqualTo(KEY);
    assertThat(after.covers(old)).isFalse();
    byte[] rewrapped = after.wrap(after.unwrap(old, BOUND), BOUND);
    assertThat(after.covers(rewrapped)).isTrue();
    assertThat(after.unwrap(rewrapped, BOUND)).isEqualTo(KEY);
    assertThat(after.rootId()).isNotEqualTo(oldRoot).isNotBlank();
  }

  @Test
  void another_custodians_envelope_goes_to_him_and_to_nobody_else() {
    Custody mine = custody();
    for (CustodyKind other : CustodyKind.values()) {
      byte[] wrapped = mine.wrap(KEY, BOUND);
      if (other.envelope() != envelope()) {
        wrapped[0] = other.envelope();
        assertWillNotOpen(mine, wrapped, BOUND);
        assertThat(mine.covers(wrapped)).isFalse();
      }
    }
  }

  @Test
  void moving_here_from_files_and_back_is_a_rotation_and_no_outage() {
    var files = new FileCustody(TestKeys.root(RootKind.SEAL, 0x33), TestKeys.RANDOM);
    Custody mine = custody();
    assumeTrue(isOneOfSeveral(), "the same as a rotation, or not in the map of custodians");
    var both = Map.of(CustodyKind.FILES, files, kind(), mine);
    var before = new Custodians(CustodyKind.FILES, both);
    var after = new Custodians(kind(), both);
    byte[] old = before.wrap(KEY, BOUND);
    assertThat(after.unwrap(old, BOUND)).isEqualTo(KEY);
    assertThat(after.covers(old)).isFalse();
    byte[] moved = after.wrap(KEY, BOUND);
    assertThat(after.covers(moved)).isTrue();
    assertThat(before.covers(moved)).isFalse();
    assertThat(before.unwrap(moved, BOUND)).isEqualTo(KEY);
    assertThat(after.rootId()).isEqualTo(mine.rootId()).isNotEqualTo(before.rootId());
    assertWillNotOpen(new Custodians(kind(), Map.of(kind(), mine)), old, BOUND);
  }

  @Test
  void it_prints_which_root_it_uses_and_no_key() {
    Custody custody = custody();
    custody.wrap(KEY, BOUND);
    assertThat(custody.toString()).contains(custody.rootId()).doesNotContain("canary");
  }
}
