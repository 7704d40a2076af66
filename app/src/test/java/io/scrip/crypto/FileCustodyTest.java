package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.DIGEST_ROOT;
import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.SEAL_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileCustodyTest extends CustodyContract {
  private static final RootKey NEXT_ROOT = TestKeys.root(RootKind.SEAL, 0x44);

  private final FileCustody custody = new FileCustody(SEAL_ROOT, RANDOM);

  @Override
  CustodyKind kind() {
    return CustodyKind.FILES;
  }

  @Override
  boolean isOneOfSeveral() {
    return false;
  }

  @Override
  Custody custody() {
    return custody;
  }

  @Override
  Custody rotated() {
    return new FileCustody(RootSet.of(SEAL_ROOT, NEXT_ROOT), RANDOM);
  }

  @Override
  Custody stranger() {
    return new FileCustody(NEXT_ROOT, RANDOM);
  }

  @Test
  void the_layout_is_as_it_is_written_down() {
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
  void a_digest_root_wraps_nothing() {
    assertThatThrownBy(() -> new FileCustody(DIGEST_ROOT, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
