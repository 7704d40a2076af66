package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The share of a space that is left, told from the draws. */
class SpaceMeterTest {
  private static final Template MINE =
      VaultFixture.template("mine", 1, Template.Mode.RANDOM, "digits", Map.of());

  private final SpaceMeter meter = new SpaceMeter();

  @Test
  void what_nobody_has_drawn_from_is_empty() {
    assertThat(meter.left("opaque")).isEqualTo(1);
    assertThat(meter.left(SpaceMeter.CUSTOM)).isEqualTo(1);
    assertThat(meter.left("no such thing")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 1})
  void it_comes_close_to_the_share_of_draws_that_met_no_token(double used) {
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      meter.drawn(BuiltInTemplates.OPAQUE, random.nextDouble() < used);
    }
    assertThat(meter.left("opaque")).isCloseTo(1 - used, within(0.1)).isBetween(0.0, 1.0);
  }

  @Test
  void tenants_own_templates_count_together_under_one_label() {
    meter.drawn(MINE, true);
    assertThat(meter.left(SpaceMeter.CUSTOM)).isLessThan(1);
    assertThat(meter.left("mine")).isEqualTo(1);
    assertThat(meter.left("opaque")).isEqualTo(1);
  }

  @Test
  void a_tenants_template_named_like_a_built_in_is_none() {
    meter.drawn(VaultFixture.template("opaque", 1, Template.Mode.RANDOM, "digits", Map.of()), true);
    assertThat(meter.left("opaque")).isEqualTo(1);
  }

  @Test
  void its_labels_are_the_built_in_templates() {
    assertThat(SpaceMeter.builtIns())
        .containsExactly(
            "opaque",
            "uuid",
            "card",
            "digits",
            "alphanumeric",
            "email",
            "phone",
            "ssn",
            "iban",
            "date");
  }
}
