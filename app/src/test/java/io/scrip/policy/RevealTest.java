package io.scrip.policy;

import static io.scrip.policy.Decision.Reason.MASKED_ONLY;
import static io.scrip.policy.Decision.Reason.PERMISSION_MISSING;
import static io.scrip.policy.Decision.Reason.TEMPLATE_PERMISSION_MISSING;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Caller;
import io.scrip.policy.Decision.Deny;
import io.scrip.policy.Decision.Permit;
import io.scrip.policy.Decision.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a value a caller is shown. */
class RevealTest {
  private static final Optional<View> ANY = Optional.empty();
  private static final Optional<View> PLAIN = Optional.of(View.PLAIN);
  private static final Optional<View> MASKED = Optional.of(View.MASKED);
  private static final Optional<String> OPEN = Optional.empty();
  private static final Optional<String> GUARDED = Optional.of("reveal:cards");

  private static final Caller NOBODY = Callers.with("tokenize", "read:tokens", "reveal:cards");
  private static final Caller MASKS = Callers.with("detokenize:masked");
  private static final Caller READS = Callers.with("detokenize");
  private static final Caller READS_CARDS = Callers.with("detokenize", "reveal:cards");
  private static final Caller MASKS_CARDS = Callers.with("detokenize:masked", "reveal:cards");

  @Test
  void who_may_not_detokenize_sees_nothing_whatever_is_asked() {
    denied(NOBODY, ANY, OPEN, PERMISSION_MISSING);
    denied(NOBODY, MASKED, OPEN, PERMISSION_MISSING);
    denied(NOBODY, PLAIN, OPEN, PERMISSION_MISSING);
    denied(NOBODY, ANY, GUARDED, PERMISSION_MISSING);
  }

  @Test
  void who_asks_for_nothing_in_particular_gets_the_most_that_is_permitted() {
    shown(READS, ANY, OPEN, View.PLAIN);
    shown(MASKS, ANY, OPEN, View.MASKED);
  }

  @Test
  void less_may_always_be_asked_for() {
    shown(READS, MASKED, OPEN, View.MASKED);
    shown(READS, MASKED, GUARDED, View.MASKED);
    shown(MASKS, MASKED, OPEN, View.MASKED);
  }

  @Test
  void more_is_refused_and_not_quietly_masked() {
    denied(MASKS, PLAIN, OPEN, MASKED_ONLY);
    denied(MASKS, PLAIN, GUARDED, MASKED_ONLY);
    denied(MASKS_CARDS, PLAIN, GUARDED, MASKED_ONLY);
  }

  @Test
  void a_guarded_template_wants_its_own_permission_for_the_plain_view_only() {
    denied(READS, PLAIN, GUARDED, TEMPLATE_PERMISSION_MISSING);
    denied(READS, ANY, GUARDED, TEMPLATE_PERMISSION_MISSING);
    shown(READS_CARDS, PLAIN, GUARDED, View.PLAIN);
    shown(READS_CARDS, ANY, GUARDED, View.PLAIN);
    shown(MASKS, ANY, GUARDED, View.MASKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reveal:card",
        "reveal:cards ",
        "Reveal:cards",
        "reveal:*",
        "*",
        "reveal",
        "reveal:cards:all"
      })
  void pitfall_20_a_templates_permission_is_compared_exactly(String grant) {
    denied(Callers.with("detokenize", grant), PLAIN, GUARDED, TEMPLATE_PERMISSION_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detokenize ",
        "DETOKENIZE",
        "detokenize:*",
        "detokenize:plain",
        "*",
        "detokenize:mask"
      })
  void pitfall_20_a_near_miss_shows_nothing(String grant) {
    denied(Callers.with(grant), ANY, OPEN, PERMISSION_MISSING);
    denied(Callers.with(grant), MASKED, OPEN, PERMISSION_MISSING);
  }

  @Test
  void the_reasons_words_are_pinned_since_they_stand_in_trails() {
    assertThat(Reason.values())
        .extracting(Reason::code)
        .containsExactly("permission-missing", "masked-only", "template-permission-missing");
  }

  private static void shown(
      Caller caller, Optional<View> asked, Optional<String> template, View view) {
    assertThat(Policy.reveal(caller, asked, template)).isEqualTo(new Permit(view));
  }

  private static void denied(
      Caller caller, Optional<View> asked, Optional<String> template, Reason reason) {
    assertThat(Policy.reveal(caller, asked, template)).isEqualTo(new Deny(reason));
  }
}
