package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.DIGEST_ROOT;
import static io.scrip.crypto.TestKeys.SEAL_ROOT;
import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.Digests.Purpose;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DigestsTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final byte[] PART = bytes("4111111111111111");

  private final Digests digests = Digests.of(DIGEST_ROOT);

  @Test
  void a_digest_stays_the_same_for_ever() {
    assertThat(digests.digest(Purpose.VALUE, TENANT, bytes("card"), PART).hex())
        .isEqualTo("6a7d3692555ba9e3b502def3a8c193ef");
  }

  /**
   * Computed a second way: the key by HKDF over the framed names, the digest by HMAC over the
   * framed parts.
   */
  @Test
  void a_digest_is_half_an_hmac_under_a_key_of_its_version_purpose_and_tenant() {
    byte[] info =
        hex(
            "0000000c"
                + hex(bytes("scrip digest"))
                + "00000004"
                + "00000001"
                + "00000005"
                + hex(bytes("value"))
                + "00000008"
                + "00610063006d0065");
    MacKey key = new MacKey(Hkdf.derive(DIGEST_ROOT, info));
    assertThat(digests.digest(Purpose.VALUE, TENANT, PART).bytes())
        .hasSize(16)
        .isEqualTo(Arrays.copyOf(key.over(PART), 16));
  }

  @Test
  void another_purpose_tenant_version_or_root_gives_another_digest() {
    var both = enabled(Map.of(1, DIGEST_ROOT, 2, TestKeys.root(RootKind.DIGEST, 0x33)));
    var sameRoot = enabled(Map.of(1, DIGEST_ROOT, 2, DIGEST_ROOT));
    Set<LookupDigest> found = new HashSet<>();
    for (Purpose purpose : Purpose.values()) {
      assertThat(found.add(both.digest(1, purpose, TENANT, PART))).isTrue();
      assertThat(found.add(both.digest(2, purpose, TENANT, PART))).isTrue();
      assertThat(found.add(sameRoot.digest(2, purpose, TENANT, PART))).isTrue();
      assertThat(found.add(both.digest(1, purpose, new TenantId("acm"), PART))).isTrue();
    }
    assertThat(both.version()).isEqualTo(2);
    assertThat(both.digest(Purpose.NAME, TENANT, PART))
        .isEqualTo(both.digest(2, Purpose.NAME, TENANT, PART));
  }

  @Test
  void a_part_moved_across_a_border_gives_another_digest() {
    assertThat(digest("ab", "c")).isNotEqualTo(digest("a", "bc"));
    assertThat(digest("ab", "")).isNotEqualTo(digest("ab"));
    assertThat(digest("", "ab")).isNotEqualTo(digest("ab", ""));
    assertThat(digest()).isNotEqualTo(digest(""));
  }

  @Test
  void no_two_lists_of_parts_share_a_framing() {
    long seed = 20260101;
    Random random = new Random(seed);
    Map<String, List<String>> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      List<String> parts = new ArrayList<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        byte[] part = new byte[random.nextInt(6)];
        for (int k = 0; k < part.length; k++) {
          part[k] = (byte) random.nextInt(2);
        }
        parts.add(hex(part));
      }
      String framed = hex(Framing.of(parts.stream().map(TestKeys::hex).toArray(byte[][]::new)));
      List<String> before = seen.putIfAbsent(framed, parts);
      assertThat(before == null || before.equals(parts)).as("seed %d, %s", seed, parts).isTrue();
    }
  }

  @Test
  void tenants_that_utf_8_could_not_tell_apart_share_nothing() {
    assertThat(digests.digest(Purpose.VALUE, new TenantId("\ud800"), PART))
        .isNotEqualTo(digests.digest(Purpose.VALUE, new TenantId("?"), PART));
  }

  @Test
  void a_version_that_is_not_enabled_is_refused() {
    for (int version : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> digests.digest(version, Purpose.ROW, TENANT, PART))
          .isInstanceOf(CryptoException.WillNotOpen.class);
      assertThatThrownBy(() -> digests.derive(version, TENANT, PART))
          .isInstanceOf(CryptoException.WillNotOpen.class);
    }
  }

  @Test
  void older_news_of_the_versions_changes_nothing_whoever_brings_it_last() {
    List<Set<Integer>> history =
        List.of(Set.of(1), Set.of(1, 2), Set.of(2), Set.of(2, 3), Set.of(2, 3, 4), Set.of(2, 4));
    long seed = 20261128;
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<Set<Integer>> heard = new ArrayList<>(history);
      Collections.shuffle(heard, random);
      var learner = new Digests(RootSet.of(DIGEST_ROOT));
      for (Set<Integer> versions : heard) {
        learner.enable(versions.stream().collect(Collectors.toMap(v -> v, _ -> DIGEST_ROOT.id())));
      }
      assertThat(learner.versions()).as("seed %d, %s", seed, heard).containsExactly(4, 2);
    }
  }

  /** Each answer is of one moment: of two versions or of one, and never a refusal. */
  @Test
  void digests_under_each_version_are_made_while_versions_come_and_go() throws Exception {
    int last = 2_000;
    var digests = Digests.of(DIGEST_ROOT);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var readers = new ArrayList<Future<Set<Integer>>>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            threads.submit(
                () -> {
                  Set<Integer> counts = new HashSet<>();
                  while (digests.version() < last) {
                    counts.add(digests.each(Purpose.TOKEN, TENANT, PART).size());
                  }
                  return counts;
                }));
      }
      for (int version = 2; version <= last; version++) {
        digests.enable(Map.of(version - 1, DIGEST_ROOT.id(), version, DIGEST_ROOT.id()));
        digests.enable(Map.of(version, DIGEST_ROOT.id()));
      }
      for (var reader : readers) {
        assertThat(reader.get()).isSubsetOf(1, 2);
      }
    }
  }

  @Test
  void a_seal_root_no_root_and_a_version_below_one_are_refused() {
    for (Map<Integer, RootKey> roots :
        List.of(Map.of(1, SEAL_ROOT), Map.<Integer, RootKey>of(), Map.of(0, DIGEST_ROOT))) {
      assertThatThrownBy(() -> enabled(roots)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void threads_agree_on_every_digest() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> same = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        same.add(() -> digests.digest(Purpose.TOKEN, TENANT, PART).hex());
      }
      Set<String> found = new HashSet<>();
      for (var future : threads.invokeAll(same)) {
        found.add(future.get());
      }
      assertThat(found).containsExactly(digests.digest(Purpose.TOKEN, TENANT, PART).hex());
    }
  }

  @Test
  void a_stream_stays_the_same_for_ever() {
    RandomGenerator stream = digests.derive(1, TENANT, bytes("caller"), bytes("key"));
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < 6; i++) { // four longs are one block
      found.append("%016x ".formatted(stream.nextLong()));
    }
    assertThat(found.toString().trim())
        .isEqualTo(
            "689bdce9f17823a8 4c4898f4b813a644 50bb46d4f9c46e9d 91e9e570eb425816 f6e796a7b58e0712"
                + " 789dc7ca10495c41");
  }

  /**
   * What the JDK makes of the longs belongs to the promise: a token drawn again must be the same
   * token.
   */
  @Test
  void what_is_drawn_from_a_stream_stays_the_same_for_ever() {
    RandomGenerator stream = digests.derive(1, TENANT, bytes("caller"), bytes("key"));
    byte[] bytes = new byte[11];
    stream.nextBytes(bytes);
    assertThat(
            "%s %d %d %d %b"
                .formatted(
                    hex(bytes),
                    stream.nextInt(),
                    stream.nextInt(10),
                    stream.nextInt(1_000_000),
                    stream.nextBoolean()))
        .isEqualTo("a82378f1e9dc9b6844a613 1354450644 2 186259 false");
  }

  @Test
  void another_part_tenant_or_version_gives_another_stream() {
    var both = enabled(Map.of(1, DIGEST_ROOT, 2, DIGEST_ROOT));
    Set<Long> first = new HashSet<>();
    first.add(both.derive(1, TENANT, bytes("ab"), bytes("c")).nextLong());
    first.add(both.derive(1, TENANT, bytes("a"), bytes("bc")).nextLong());
    first.add(both.derive(2, TENANT, bytes("ab"), bytes("c")).nextLong());
    first.add(both.derive(1, new TenantId("other"), bytes("ab"), bytes("c")).nextLong());
    assertThat(first).hasSize(4);
  }

  @Test
  void a_stream_does_not_run_in_circles() {
    RandomGenerator stream = digests.derive(1, TENANT, PART);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(stream.nextLong())).isTrue();
    }
  }

  private LookupDigest digest(String... parts) {
    byte[][] bytes = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = bytes(parts[i]);
    }
    return digests.digest(Purpose.VALUE, TENANT, bytes);
  }

  @Test
  void what_is_kept_opens_for_the_same_parts_tenant_and_version_only() {
    var both = enabled(Map.of(1, DIGEST_ROOT, 2, DIGEST_ROOT));
    byte[] kept = both.keep(2, TENANT, bytes("a token"), bytes("row"), bytes("value"));
    assertThat(both.kept(2, TENANT, kept, bytes("row"), bytes("value")))
        .isEqualTo(bytes("a token"));
    List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> others =
        List.of(
            () -> both.kept(1, TENANT, kept, bytes("row"), bytes("value")),
            () -> both.kept(2, new TenantId("other"), kept, bytes("row"), bytes("value")),
            () -> both.kept(2, TENANT, kept, bytes("row"), bytes("another")),
            () -> both.kept(2, TENANT, kept, bytes("rowv"), bytes("alue")),
            () -> both.kept(2, TENANT, new byte[0], bytes("row"), bytes("value")));
    others.forEach(
        other -> assertThatThrownBy(other).isInstanceOf(CryptoException.WillNotOpen.class));
    for (int bit = 0; bit < kept.length * 8; bit++) {
      byte[] flipped = kept.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> both.kept(2, TENANT, flipped, bytes("row"), bytes("value")))
          .isInstanceOf(CryptoException.WillNotOpen.class);
    }
  }

  @Test
  void a_version_that_is_enabled_no_more_makes_and_finds_nothing() {
    var changing = enabled(Map.of(1, DIGEST_ROOT, 2, DIGEST_ROOT));
    assertThat(changing.versions()).containsExactly(2, 1);
    assertThat(changing.each(Purpose.TOKEN, TENANT, PART))
        .containsExactly(
            changing.digest(2, Purpose.TOKEN, TENANT, PART),
            changing.digest(1, Purpose.TOKEN, TENANT, PART));
    changing.enable(Map.of(2, DIGEST_ROOT.id()));
    assertThat(changing.versions()).containsExactly(2);
    assertThatThrownBy(() -> changing.digest(1, Purpose.TOKEN, TENANT, PART))
        .isInstanceOf(CryptoException.WillNotOpen.class);
  }

  @Test
  void a_version_whose_root_is_not_here_is_told_from_one_that_is_not_enabled() {
    var missing = new Digests(RootSet.of(DIGEST_ROOT));
    missing.enable(Map.of(1, "00000000"));
    assertThatThrownBy(() -> missing.digest(Purpose.TOKEN, TENANT, PART))
        .isInstanceOf(CryptoException.KeyServiceUnavailable.class)
        .hasMessageContaining("00000000");
    assertThatThrownBy(missing::requireRoots)
        .isInstanceOf(io.scrip.identity.StartRefused.class)
        .hasMessageContaining(KeyConfig.DIGEST_ROOTS);
  }

  private static Digests enabled(Map<Integer, RootKey> roots) {
    RootKey[] all = roots.values().stream().distinct().toArray(RootKey[]::new);
    Map<Integer, String> ids = new TreeMap<>();
    roots.forEach((version, root) -> ids.put(version, root.id()));
    var digests = new Digests(RootSet.of(all));
    digests.enable(ids);
    return digests;
  }
}
