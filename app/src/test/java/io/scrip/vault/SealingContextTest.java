package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SealingContextTest {
  private static final TenantId TENANT = new TenantId("org_7");

  @Test
  void what_is_too_much_is_refused() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i <= SealingContext.MAX_ENTRIES; i++) {
      many.put("k" + i, "");
    }
    for (Map<String, String> entries :
        List.of(
            many,
            Map.of("", "v"),
            Map.of("k".repeat(SealingContext.MAX_KEY_LENGTH + 1), "v"),
            Map.of("k", "v".repeat(SealingContext.MAX_BYTES)))) {
      assertThatThrownBy(() -> SealingContext.of(entries))
          .isInstanceOf(VaultException.LimitExceeded.class);
    }
  }

  @Test
  void half_a_character_is_refused_for_two_of_them_would_look_the_same() {
    for (String half : List.of("\ud800", "\udc00", "a\ud83d")) {
      assertThatThrownBy(() -> SealingContext.of(Map.of("k", half)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SealingContext.of(Map.of(half, "v")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SealingContext.NONE.boundTo(new TenantId(half)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void it_prints_nothing_of_what_it_holds() {
    assertThat(SealingContext.of(Map.of("canary", "canary")).toString()).doesNotContain("canary");
  }

  @Test
  void parts_never_run_into_each_other() {
    assertDifferent(
        bound("org_7", Map.of()),
        bound("org_8", Map.of()),
        bound("org_7", Map.of("a", "")),
        bound("org_7", Map.of("a", "b")),
        bound("org_7", Map.of("ab", "")),
        bound("org_7", Map.of("a", "b", "c", "")),
        bound("org_7", Map.of("a", "", "b", "c")),
        bound("org_7", Map.of("b", "a")),
        bound("org_7\u0000", Map.of()),
        bound("org", Map.of("_7", "")));
  }

  @Test
  void no_two_contexts_of_many_are_bound_alike_and_order_never_matters() {
    long seed = 5;
    Random random = new Random(seed);
    Map<String, Map<String, String>> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Map<String, String> entries = new LinkedHashMap<>();
      for (int entry = random.nextInt(4); entry > 0; entry--) {
        entries.put(word(random, 1), word(random, 0));
      }
      String bound = bound("org_7", entries);
      assertThat(bound).as("seed %s", seed).isEqualTo(bound("org_7", new TreeMap<>(entries)));
      assertThat(seen.merge(bound, entries, (a, b) -> a)).as("seed %s", seed).isEqualTo(entries);
    }
  }

  /** By bytes and not by UTF-16, in which an emoji comes before U+FFFD. */
  @Test
  void entries_stand_in_the_order_of_their_keys_bytes() {
    String bound = bound("t", Map.of("\ufffd", "first", "\ud83d\ude42", "second"));
    assertThat(bound.indexOf(hex("first"))).isLessThan(bound.indexOf(hex("second")));
  }

  @Test
  void it_is_bound_byte_by_byte_as_documented() {
    assertThat(
            HexFormat.of()
                .formatHex(
                    SealingContext.of(Map.of("table", "customers", "row", "1017")).boundTo(TENANT)))
        .isEqualTo(
            "0000001073637269702063697068657274657874" // scrip ciphertext
                + "000000056f72675f37" // org_7
                + "00000003726f77" // row
                + "0000000431303137" // 1017
                + "000000057461626c65" // table
                + "00000009637573746f6d657273"); // customers
  }

  private static String word(Random random, int least) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(3) + least; i > 0; i--) {
      word.append("ab\u0000\u00e9".charAt(random.nextInt(4)));
    }
    return word.toString();
  }

  private static String bound(String tenant, Map<String, String> entries) {
    return HexFormat.of().formatHex(SealingContext.of(entries).boundTo(new TenantId(tenant)));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertDifferent(String... all) {
    assertThat(all).doesNotHaveDuplicates();
  }
}
