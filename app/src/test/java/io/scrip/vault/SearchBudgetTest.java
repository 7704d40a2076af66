package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Actor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guessing is rationed, for the one who guesses. */
class SearchBudgetTest {
  private static final Actor CLERK = new Actor("https://issuer.example/", "clerk", "till");

  private final SearchBudget budget = new SearchBudget(VaultFixture.LIMITS); // three a minute

  @Test
  void pitfall_05_after_so_many_searches_the_caller_has_to_wait() {
    for (int i = 0; i < 3; i++) {
      assertThat(budget.spend(CLERK)).isEmpty();
    }
    assertThat(budget.spend(CLERK)).hasValueSatisfying(wait -> assertThat(wait).isPositive());
    assertThat(budget.spend(CLERK)).isPresent();
  }

  @Test
  void pitfall_11_one_callers_guessing_costs_nobody_else() {
    IntStream.range(0, 10).forEach(_ -> budget.spend(CLERK));
    assertThat(budget.spend(new Actor("https://issuer.example/", "clerk", "other client")))
        .isEmpty();
    assertThat(budget.spend(new Actor("https://issuer.example/", "another", "till"))).isEmpty();
    assertThat(budget.spend(new Actor("https://other.example/", "clerk", "till"))).isEmpty();
  }

  @Test
  void callers_at_once_get_no_more_than_their_budget_together() {
    long granted =
        IntStream.range(0, 1_000).parallel().filter(_ -> budget.spend(CLERK).isEmpty()).count();
    assertThat(granted).isEqualTo(3);
  }
}
