package io.scrip.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values that everyone shares cannot be changed behind anyone's back. */
class CallerTest {
  private static final Actor ACTOR = new Actor("https://issuer.example/", "clerk", "till");

  @Test
  void grants_given_later_are_not_granted() {
    Set<String> grants = new HashSet<>(Set.of("tokenize"));
    Caller caller = new Caller(ACTOR, TenantId.DEFAULT, grants);
    grants.add("detokenize");
    assertThat(caller.grants()).containsExactly("tokenize");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> caller.grants().add("detokenize"));
  }

  @Test
  void a_tenant_has_a_name_of_bounded_length_compared_exactly() {
    assertThat(new TenantId("x".repeat(128)).value()).hasSize(128);
    assertThat(new TenantId("Acme"))
        .isNotEqualTo(new TenantId("acme"))
        .isNotEqualTo(new TenantId("Acme "));
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new TenantId(""));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new TenantId("x".repeat(129)));
  }

  @Test
  void the_words_of_actions_are_pinned_since_they_stand_in_trails() {
    assertThat(Arrays.stream(Action.values()).map(Action::word))
        .containsExactly(
            "token.tokenize",
            "token.detokenize",
            "token.lookup",
            "token.search",
            "token.renew",
            "token.revoke",
            "value.encrypt",
            "value.decrypt",
            "value.rewrap",
            "template.read",
            "template.write",
            "template.delete",
            "audit.read",
            "key.read",
            "key.rotate",
            "key.rekey",
            "key.destroy",
            "subject.erase",
            "chain.open",
            "chain.close");
  }

  @Test
  void a_refusal_to_start_is_one_line_that_begins_with_the_setting() {
    assertThat(new StartRefused("scrip.auth.audience", "is missing"))
        .hasMessage("scrip.auth.audience: is missing");
  }
}
