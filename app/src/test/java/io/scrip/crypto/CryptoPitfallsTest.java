package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.config;
import static io.scrip.crypto.TestKeys.records;
import static io.scrip.crypto.TestKeys.sealer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.RecordSealer.SealedRecord;
import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import io.scrip.identity.TenantId;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.security.Key;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pitfalls of tokenization services that belong to this package: the attack, and the refusal.
 */
class CryptoPitfallsTest {
  private static final byte[] VALUE = bytes("4111111111111111");

  private final InMemoryKeyTable table = new InMemoryKeyTable();

  @Test
  void pitfall_01_no_nonce_repeats_under_a_key_not_even_after_a_kill() {
    Set<String> seen = new HashSet<>();
    for (int start = 0;
        start < 5;
        start++) { // each start is a process that was killed without a goodbye
      RecordSealer sealer = sealer(table, config(records(50), 10), new ManualClock());
      for (int i = 0; i < 200; i++) {
        byte[] sealed = sealer.seal(VALUE, new byte[0]).sealed();
        assertThat(seen.add(TestKeys.hex(Arrays.copyOfRange(sealed, 1, 21)))).isTrue();
      }
    }
  }

  @Test
  void pitfall_01_equal_values_never_look_alike() {
    RecordSealer sealer = sealer(table);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] sealed = sealer.seal(VALUE, new byte[0]).sealed();
      assertThat(seen.add(TestKeys.hex(Arrays.copyOfRange(sealed, 21, sealed.length)))).isTrue();
    }
  }

  @Test
  void pitfall_02_no_key_seals_more_than_its_limit() {
    RecordSealer sealer = sealer(table, config(records(10), 10), new ManualClock());
    Map<Long, Integer> perKey = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      perKey.merge(sealer.seal(VALUE, new byte[0]).dataKeyId(), 1, Integer::sum);
    }
    assertThat(perKey.values()).allMatch(count -> count <= 10);
  }

  @Test
  void pitfall_02_no_limit_beyond_the_standard_can_be_configured() {
    assertThatThrownBy(() -> records((1L << 32) + 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(DataKeyLimits.DEFAULT.maxRecords()).isLessThanOrEqualTo(1L << 32);
  }

  @Test
  void pitfall_03_a_record_moved_under_anothers_token_does_not_open() {
    RecordSealer sealer = sealer(table);
    SealedRecord rich = sealer.seal(VALUE, bytes("tenant a, token of the rich"));
    SealedRecord mine = sealer.seal(bytes("4242424242424242"), bytes("tenant a, token of mine"));
    assertThatThrownBy(
            () -> sealer.open(rich.dataKeyId(), rich.sealed(), bytes("tenant a, token of mine")))
        .isInstanceOf(CryptoException.WillNotOpen.class);
    byte[] mixed = mine.sealed().clone();
    System.arraycopy(rich.sealed(), 21, mixed, 21, mixed.length - 21);
    for (String token : List.of("tenant a, token of mine", "tenant a, token of the rich")) {
      assertThatThrownBy(() -> sealer.open(mine.dataKeyId(), mixed, bytes(token)))
          .isInstanceOf(CryptoException.WillNotOpen.class);
    }
  }

  @Test
  void pitfall_18_production_refuses_a_root_that_the_program_made_itself(@TempDir Path folder)
      throws Exception {
    Path seal = folder.resolve("dev-seal.root");
    Path digest = folder.resolve("dev-digest.root");
    RootFile.generate(RootKind.DEVELOPMENT_SEAL, seal, RANDOM);
    RootFile.generate(RootKind.DEVELOPMENT_DIGEST, digest, RANDOM);
    var config = new KeyConfig(seal, digest, null, null, null, null, null, null, null, null);
    assertThatThrownBy(() -> TestKeys.roots(config, Plane.ALL, Stage.PRODUCTION))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("scrip.keys.seal-roots")
        .hasMessageContaining("scrip-dev-seal-root-v1");
    assertThatThrownBy(() -> RootFile.read("setting", RootKind.DIGEST, digest, Stage.PRODUCTION))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("scrip-dev-digest-root-v1");
  }

  @Test
  void pitfall_18_there_is_no_root_without_a_file(@TempDir Path folder) {
    var config = new KeyConfig(null, null, null, folder, null, null, null, null, null, null);
    assertThatThrownBy(() -> TestKeys.roots(config, Plane.ALL, Stage.PRODUCTION))
        .isInstanceOf(StartRefused.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void pitfall_19_no_caller_brings_a_key_or_a_nonce() {
    for (Class<?> type :
        List.of(
            RecordSealer.class,
            CiphertextSealer.class,
            Keyring.class,
            Digests.class,
            AuditSigningKey.class)) {
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
          assertThat(method.getParameterTypes())
              .as(method.toString())
              .doesNotContain(RootKey.class, SecretBytes.class, Key.class);
        }
      }
    }
    assertThat(method("sealFor").getParameterTypes())
        .containsExactly(DataSubject.class, byte[].class, byte[].class);
    assertThat(method("seal").getParameterTypes()).containsExactly(byte[].class, byte[].class);
    assertThat(method("open").getParameterTypes())
        .containsExactly(long.class, byte[].class, byte[].class);
  }

  @Test
  void pitfall_19_what_a_caller_names_itself_never_becomes_the_key() {
    Digests digests = Digests.of(TestKeys.DIGEST_ROOT);
    Digests others = Digests.of(TestKeys.root(RootKind.DIGEST, 0x44));
    TenantId tenant = new TenantId("chosen by the caller");
    assertThat(digests.digest(Digests.Purpose.VALUE, tenant, VALUE))
        .isNotEqualTo(others.digest(Digests.Purpose.VALUE, tenant, VALUE));
  }

  private static Method method(String name) {
    return Arrays.stream(RecordSealer.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
