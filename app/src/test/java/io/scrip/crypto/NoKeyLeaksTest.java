package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.identity.Stage;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One key whose bytes are known, and a search of everything that prints. */
class NoKeyLeaksTest {
  private static final byte[] KEY = bytes("canary-canary-canary-canary-key!");

  private static void assertSilent(String printed) {
    assertThat(printed)
        .doesNotContain("canary")
        .doesNotContainIgnoringCase(TestKeys.hex(KEY).substring(0, 16))
        .doesNotContain(Base64.getEncoder().encodeToString(KEY).substring(0, 12))
        .doesNotContain("99, 97, 110");
  }

  private static Throwable thrown(Runnable action) {
    try {
      action.run();
      throw new AssertionError("nothing was thrown");
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void nothing_that_holds_a_key_prints_it() {
    var seal = new RootKey(RootKind.SEAL, KEY.clone());
    var digest = new RootKey(RootKind.DIGEST, KEY.clone());
    var dataKey = new DataKey(7, DataKeyUse.RECORD, KEY.clone());
    var table = new InMemoryKeyTable();
    List<Object> holders =
        List.of(
            new SecretBytes("AES", KEY.clone()),
            seal,
            digest,
            new FileCustody(seal, RANDOM),
            dataKey,
            new SealingKeys.Turn(dataKey, 1),
            new KeyEncryptionKeys.Pair(1, XWing.keyPair(KEY.clone())),
            new MacKey(KEY.clone()),
            Digests.of(digest),
            AuditSigningKey.ofSeed(KEY.clone()),
            AuditSigningKey.of(digest),
            TestKeys.sealer(table));
    holders.forEach(holder -> assertSilent(String.valueOf(holder)));
    assertThat(dataKey.toString()).isEqualTo("data key 7");
    assertThat(seal.toString()).isEqualTo("SEAL root " + seal.id());
  }

  @Test
  void no_refusal_repeats_a_key() {
    byte[] line = RootLine.of(new RootKey(RootKind.SEAL, KEY.clone()));
    List<Throwable> refusals = new ArrayList<>();
    for (int size = 0; size < line.length - 1; size++) {
      byte[] cut = Arrays.copyOf(line, size);
      refusals.add(
          thrown(() -> RootLine.parse("setting", RootKind.SEAL, "file", cut, Stage.PRODUCTION)));
    }
    refusals.add(
        thrown(() -> RootLine.parse("setting", RootKind.DIGEST, "file", line, Stage.PRODUCTION)));
    refusals.add(thrown(() -> new RootKey(RootKind.SEAL, Arrays.copyOf(KEY, 31))));
    refusals.add(
        thrown(
            () ->
                new FileCustody(new RootKey(RootKind.SEAL, KEY.clone()), RANDOM).unwrap(KEY, KEY)));
    for (Throwable refusal : refusals) {
      assertSilent(refusal.toString());
      assertThat(refusal.getCause()).isNull();
    }
  }

  @Test
  void a_wiped_key_is_refused_instead_of_sealing_under_zeros() {
    var dataKey = new DataKey(7, DataKeyUse.RECORD, KEY.clone());
    dataKey.letGo();
    assertThat(dataKey.hold()).isFalse();
    assertThatThrownBy(() -> dataKey.seal(new byte[1], new byte[0], new byte[64], 12))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> dataKey.open(new byte[64], new byte[0], 12))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wiping_overwrites_the_bytes() {
    byte[] bytes = KEY.clone();
    new SecretBytes("AES", bytes).wipe();
    assertThat(bytes).containsOnly(0);
    byte[] mac = KEY.clone();
    assertThat(new MacKey(mac).over(KEY)).hasSize(32);
    assertThat(mac).containsOnly(0);
  }

  @Test
  void a_key_is_never_serialized() throws Exception {
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(new SecretBytes("AES", KEY.clone())))
          .isInstanceOf(NotSerializableException.class);
    }
  }
}
