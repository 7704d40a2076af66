package io.scrip.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Action;
import io.scrip.policy.Decision.Deny;
import io.scrip.policy.Decision.Permit;
import io.scrip.policy.Decision.Reason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every action against every word. */
class PolicyTest {
  private static final Deny MISSING = new Deny(Reason.PERMISSION_MISSING);

  /**
   * The words that permit each action, one of them being enough; for the rest of the pairs the
   * answer is no.
   */
  private static final Map<Action, Set<String>> PERMITS = new EnumMap<>(Action.class);

  static {
    PERMITS.put(Action.TOKENIZE, Set.of("tokenize"));
    PERMITS.put(Action.DETOKENIZE, Set.of("detokenize", "detokenize:masked"));
    PERMITS.put(Action.ENCRYPT, Set.of("encrypt"));
    PERMITS.put(Action.DECRYPT, Set.of("decrypt"));
    PERMITS.put(Action.REWRAP, Set.of("encrypt"));
    PERMITS.put(Action.LOOKUP, Set.of("read:tokens"));
    PERMITS.put(Action.SEARCH, Set.of("search:tokens"));
    PERMITS.put(Action.RENEW, Set.of("renew:tokens"));
    PERMITS.put(Action.REVOKE, Set.of("revoke:tokens"));
    PERMITS.put(Action.READ_TEMPLATES, Set.of("read:templates"));
    PERMITS.put(Action.WRITE_TEMPLATE, Set.of("write:templates"));
    PERMITS.put(Action.DELETE_TEMPLATE, Set.of("write:templates"));
    PERMITS.put(Action.READ_AUDIT, Set.of("read:audit"));
    PERMITS.put(Action.READ_KEYS, Set.of("read:keys"));
    PERMITS.put(Action.ROTATE_KEY, Set.of("rotate:keys"));
    PERMITS.put(Action.REKEY, Set.of("rotate:keys"));
    PERMITS.put(Action.DESTROY_KEY, Set.of("rotate:keys"));
    PERMITS.put(Action.ERASE, Set.of("erase:subjects"));
    PERMITS.put(Action.OPEN_CHAIN, Set.of());
    PERMITS.put(Action.CLOSE_CHAIN, Set.of());
  }

  @Test
  void the_matrix_knows_every_action_and_every_word() {
    assertThat(PERMITS).containsOnlyKeys(Action.values());
    assertThat(PERMITS.values().stream().flatMap(Set::stream)).containsAll(words());
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void each_word_permits_its_own_action_and_no_other(Action action) {
    for (String word : words()) {
      assertThat(Policy.decide(Callers.with(word), action) instanceof Permit)
          .as("%s with %s", action, word)
          .isEqualTo(java.util.Objects.requireNonNull(PERMITS.get(action)).contains(word));
    }
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void nothing_granted_is_nothing_permitted(Action action) {
    assertThat(Policy.decide(Callers.with(), action)).isEqualTo(MISSING);
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void all_words_but_the_right_ones_do_not_add_up(Action action) {
    String[] others =
        words().stream()
            .filter(word -> !java.util.Objects.requireNonNull(PERMITS.get(action)).contains(word))
            .toArray(String[]::new);
    assertThat(Policy.decide(Callers.with(others), action)).isEqualTo(MISSING);
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"OPEN_CHAIN", "CLOSE_CHAIN"})
  void what_the_program_writes_by_itself_nobody_may_ask_for(Action action) {
    assertThat(Policy.decide(Callers.with(words().toArray(String[]::new)), action))
        .isEqualTo(MISSING);
    assertThat(Policy.decide(Callers.with(action.word()), action)).isEqualTo(MISSING);
  }

  @Test
  void the_masked_permission_permits_no_more_than_the_masked_view() {
    assertThat(Policy.decide(Callers.with("detokenize:masked"), Action.DETOKENIZE))
        .isEqualTo(new Permit(View.MASKED));
    assertThat(Policy.decide(Callers.with("detokenize:masked", "detokenize"), Action.DETOKENIZE))
        .isEqualTo(new Permit(View.PLAIN));
  }

  @ParameterizedTest
  @MethodSource("nearMisses")
  void pitfall_20_a_word_that_is_nearly_right_is_wrong(String grant) {
    for (Action action : Action.values()) {
      assertThat(Policy.decide(Callers.with(grant), action))
          .as("%s with '%s'", action, grant)
          .isEqualTo(MISSING);
    }
  }

  /** Each permission bent a little: space, case, wildcard, prefix, suffix, look-alike. */
  static Stream<String> nearMisses() {
    return words().stream()
        .flatMap(
            word ->
                Stream.of(
                    word + " ",
                    " " + word,
                    word + "\t",
                    word + "\n",
                    word + "\0",
                    word.toUpperCase(Locale.ROOT),
                    word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
                    word + ":*",
                    word + "*",
                    word + ".*",
                    word + ":all",
                    word + "s",
                    word.substring(1),
                    word.substring(0, word.length() - 1),
                    word + "," + word,
                    word + " " + word,
                    word.replace(':', '.'),
                    word.replace(":", ": "),
                    word.replace('e', '\u0435'), // Cyrillic
                    word + "\u200b"))
        .filter(bent -> !words().contains(bent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*", "", ".*", "*:*", "**", "%", "read:*", "admin", "all", "+", "/", "read", "^.*$", "true"
      })
  void pitfall_20_no_grant_is_a_pattern(String grant) {
    for (Action action : Action.values()) {
      assertThat(Policy.decide(Callers.with(grant), action)).as("%s", action).isEqualTo(MISSING);
    }
  }

  @Test
  void permission_words_are_pinned() {
    assertThat(words())
        .containsExactly(
            "tokenize",
            "detokenize",
            "detokenize:masked",
            "encrypt",
            "decrypt",
            "read:tokens",
            "search:tokens",
            "renew:tokens",
            "revoke:tokens",
            "read:templates",
            "write:templates",
            "read:audit",
            "read:keys",
            "rotate:keys",
            "erase:subjects");
  }

  private static java.util.List<String> words() {
    return Arrays.stream(Permission.values()).map(Permission::word).toList();
  }
}
