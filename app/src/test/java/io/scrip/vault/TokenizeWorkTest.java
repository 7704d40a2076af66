package io.scrip.vault;

import static io.scrip.vault.Template.Mode.CONVERGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.Token;
import io.scrip.journal.Effect;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of drafts whose token, value, name or call is there already. */
class TokenizeWorkTest extends VaultFixture {
  private static final Map<String, String> TWO_TOKENS = Map.of("pattern", "random(\"AB\", 1)");

  private final Template tiny =
      known(template("tiny", 1, Template.Mode.RANDOM, "pattern", TWO_TOKENS));
  private final Template same = known(template("same", 1, CONVERGENT, "card", Map.of()));

  @Test
  void a_taken_token_is_drawn_again_until_the_space_is_full() {
    Set<Token> tokens = new HashSet<>();
    tokens.add(made(draft(request("one"), tiny)).token());
    while (tokens.size() < 2) { // sixteen draws may all meet the same token, one time in 65,536
      tokens.add(made(draft(request("two"), tiny)).token());
    }
    assertThatExceptionOfType(VaultException.TokenSpaceExhausted.class)
        .isThrownBy(() -> made(draft(request("three"), tiny)))
        .withMessageContaining("16");
    assertThat(stores.mappings.all()).hasSize(2);
    assertThat(meter.left(SpaceMeter.CUSTOM)).isLessThan(1);
  }

  @Test
  void pitfall_08_two_of_one_group_never_get_the_same_token() {
    for (int round = 0; round < 20; round++) {
      VaultFixture fresh = new VaultFixture();
      Template template =
          fresh.known(template("tiny", 1, Template.Mode.RANDOM, "pattern", TWO_TOKENS));
      List<Effect<TokenInfo>> effects =
          fresh.apply(fresh.draft(request("one"), template), fresh.draft(request("two"), template));
      assertThat(effects.stream().map(VaultFixture::answer).map(TokenInfo::token))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void equal_values_of_one_group_converge_on_one_row() {
    List<Effect<TokenInfo>> effects =
        apply(
            draft(request(CARD), same),
            draft(request(CARD), same),
            draft(request("5555555555554444"), same));
    List<Token> tokens = effects.stream().map(VaultFixture::answer).map(TokenInfo::token).toList();
    assertThat(tokens.get(0)).isEqualTo(tokens.get(1)).isNotEqualTo(tokens.get(2));
    assertThat(stores.mappings.all()).hasSize(2);
  }

  @Test
  void a_value_that_has_a_token_gets_it_again_with_its_first_lease() {
    TokenInfo first =
        made(draft(request(CARD, Optional.empty(), Optional.of(Duration.ofHours(1))), same));
    stores.mappings.now = stores.mappings.now.plusSeconds(60);
    TokenInfo again =
        made(draft(request(CARD, Optional.empty(), Optional.of(Duration.ofHours(9))), same));
    assertThat(again.token()).isEqualTo(first.token());
    assertThat(again.expiresAt()).isEqualTo(first.expiresAt());
  }

  @Test
  void a_revoked_value_gets_another_token_than_the_one_that_was_revoked() {
    TokenInfo first = made(draft(request(CARD), same));
    Mapping row = stores.mappings.all().getFirst();
    stores.commit(tx -> stores.mappings.revoke(tx, Set.of(row.record()), stores.mappings.now));
    TokenInfo second = made(draft(request(CARD), same));
    assertThat(second.token()).isNotEqualTo(first.token());
    assertThat(made(draft(request(CARD), same)).token()).isEqualTo(second.token());
  }

  @Test
  void an_expired_value_gets_another_token_too() {
    TokenInfo first =
        made(draft(request(CARD, Optional.empty(), Optional.of(Duration.ofHours(1))), same));
    stores.mappings.now = stores.mappings.now.plus(Duration.ofHours(1));
    assertThat(made(draft(request(CARD), same)).token()).isNotEqualTo(first.token());
  }

  @Test
  void a_name_that_is_taken_is_refused_and_one_whose_token_has_ended_is_free() {
    Optional<String> name = Optional.of("mine");
    made(draft(request("one", name, Optional.of(Duration.ofHours(1))), BuiltInTemplates.OPAQUE));
    assertThatExceptionOfType(VaultException.NameTaken.class)
        .isThrownBy(
            () -> made(draft(request("two", name, Optional.empty()), BuiltInTemplates.OPAQUE)));
    stores.mappings.now = stores.mappings.now.plus(Duration.ofHours(1));
    assertThat(made(draft(request("two", name, Optional.empty()), BuiltInTemplates.OPAQUE)).name())
        .isEqualTo(name);
  }

  @Test
  void a_call_sent_again_gets_its_tokens_again() {
    TokenInfo first = made(repeatable("key", "body", 0));
    assertThat(made(repeatable("key", "body", 0)).token()).isEqualTo(first.token());
    assertThat(made(repeatable("key", "body", 1)).token())
        .as("another item")
        .isNotEqualTo(first.token());
    assertThat(made(repeatable("other", "body", 0)).token())
        .as("another key")
        .isNotEqualTo(first.token());
    assertThat(stores.mappings.all()).hasSize(3);
  }

  @Test
  void the_same_key_with_another_body_is_refused_until_the_key_has_run_out() {
    TokenInfo first = made(repeatable("key", "body", 0));
    assertThatExceptionOfType(VaultException.IdempotencyMismatch.class)
        .isThrownBy(() -> made(repeatable("key", "other", 0)));
    stores.mappings.now = stores.mappings.now.plus(LIMITS.idempotencyTtl());
    assertThat(made(repeatable("key", "other", 0)).token()).isNotEqualTo(first.token());
  }

  @Test
  void a_draft_of_a_template_that_changed_meanwhile_writes_nothing_and_records_nothing() {
    Draft draft = draft(request(CARD), same);
    known(template("same", 2, CONVERGENT, "digits", Map.of()));
    Effect<TokenInfo> effect = apply(draft).getFirst();
    assertThat(effect).isInstanceOf(Effect.Refused.class);
    assertThat(effect.events()).isEmpty();
    assertThat(stores.mappings.all()).isEmpty();
  }

  @Test
  void pitfall_03_a_row_that_was_changed_is_not_given_out_again() {
    made(draft(request(CARD), same));
    Mapping row = stores.mappings.all().getFirst();
    stores.mappings.tamper(Mappings.with(row, "templateRevision", 2));
    assertThatExceptionOfType(VaultException.IntegrityViolated.class)
        .isThrownBy(() -> made(draft(request(CARD), same)));
  }

  @Test
  void one_refused_draft_spoils_no_other() {
    Optional<String> name = Optional.of("mine");
    List<Effect<TokenInfo>> effects =
        apply(
            draft(request("one", name, Optional.empty()), BuiltInTemplates.OPAQUE),
            draft(request("two", name, Optional.empty()), BuiltInTemplates.OPAQUE),
            draft(request("three"), BuiltInTemplates.OPAQUE));
    assertThat(effects)
        .extracting(effect -> effect instanceof Effect.Answered)
        .containsExactly(true, false, true);
    assertThat(effects).allSatisfy(effect -> assertThat(effect.events()).hasSize(1));
  }

  private Draft repeatable(String key, String body, int index) {
    IdempotencyKey named =
        new IdempotencyKey(key, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return drafting.draft(
        new Draft.Asked(
            CALL, request("value"), BuiltInTemplates.OPAQUE, Optional.of(named), index));
  }
}
