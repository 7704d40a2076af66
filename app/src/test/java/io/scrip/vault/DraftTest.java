package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A token that need not be stored to be given again. */
class DraftTest extends VaultFixture {
  private static final Template SAME =
      template("same", 1, Template.Mode.CONVERGENT, "card", Map.of("require-luhn", "false"));

  @Test
  void equal_values_draw_equal_tokens_and_are_sealed_apart() {
    for (int i = 0; i < 50; i++) {
      String card = "%016d".formatted(4_000_000_000_000_000L + i);
      Draft one = draft(request(card), SAME);
      Draft two = draft(request(card), SAME);
      assertThat(one.made().token()).isEqualTo(two.made().token());
      assertThat(one.mapping(1).token()).isEqualTo(two.mapping(1).token());
      assertThat(one.mapping(1).record()).isNotEqualTo(two.mapping(1).record());
      assertThat(one.mapping(1).sealed()).isNotEqualTo(two.mapping(1).sealed());
    }
  }

  @Test
  void every_further_draw_can_be_had_again_from_its_row() {
    Draft draft = draft(request(CARD), SAME);
    for (int attempt = 0; attempt < 8; attempt++) {
      Mapping row = draft.mapping(1);
      assertThat(row.derivation().attempt()).isEqualTo(attempt);
      assertThat(draft(request(CARD), SAME).again(row, SAME))
          .map(TokenInfo::token)
          .contains(draft.made().token());
      draft.drawAgain();
    }
  }

  @Test
  void another_value_does_not_draw_the_rows_token() {
    Mapping row = draft(request(CARD), SAME).mapping(1);
    assertThat(draft(request("5555555555554444"), SAME).again(row, SAME)).isEmpty();
  }

  @Test
  void another_tenant_draws_another_token_for_the_same_value() {
    Draft here = draft(request(CARD), SAME);
    Draft there =
        drafting.draft(
            new Draft.Asked(
                call("clerk", new TenantId("another")), request(CARD), SAME, Optional.empty(), 0));
    assertThat(there.made().token()).isNotEqualTo(here.made().token());
    assertThat(there.mapping(1).value()).isNotEqualTo(here.mapping(1).value());
  }

  @Test
  void a_random_token_is_never_drawn_again() {
    Draft draft = draft(request(CARD), BuiltInTemplates.OPAQUE);
    assertThat(draft.mapping(1).derivation()).isEqualTo(Mapping.Derivation.NONE);
    assertThat(draft.again(draft.mapping(1), BuiltInTemplates.OPAQUE)).isEmpty();
  }

  @Test
  void the_row_holds_neither_value_nor_token_name_or_subject_in_the_clear() {
    Draft draft = draft(request(CARD, Optional.of("my-handle"), Optional.empty()), SAME);
    String row =
        new String(draft.mapping(1).sealed(), java.nio.charset.StandardCharsets.ISO_8859_1)
            + draft.mapping(1);
    assertThat(row)
        .doesNotContain(
            CARD, "my-handle", "customer-7", draft.made().token().text(PlaintextAccess.GRANTED));
  }
}
