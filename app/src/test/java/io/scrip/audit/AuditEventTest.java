package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {
  private static final Pattern NAME = Pattern.compile("\"([A-Za-z]+)\":");

  @ParameterizedTest
  @ValueSource(strings = {"refund", "R", "fraud.case-2026", "order:123456", "a_b-c.d:e"})
  void a_word_is_a_purpose(String word) {
    assertThat(AuditEvent.isPurpose(word)).isTrue();
    assertThat(event("ok", Optional.of("card"), Optional.of(word)).purpose()).contains(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4111111111111111",
        "c4111111111111111",
        "c4111-1111-1111-1111",
        "ssn.123-45-6789",
        "n1234567",
        "two words",
        "line\nbreak",
        "-refund",
        "naïve",
        "p٤١١١١١١١",
        "a1234567890123456789012345678901234567890123456789012345678901234"
      })
  void whatever_could_carry_a_value_is_no_purpose_and_never_repeated(String text) {
    assertThat(AuditEvent.isPurpose(text)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> event("ok", Optional.empty(), Optional.of(text)))
        .satisfies(
            e ->
                assertThat(text.isEmpty() || !String.valueOf(e.getMessage()).contains(text))
                    .isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OK", "it failed", "4111111111111111", "r4111111111111111", "ok\n"})
  void a_reason_is_a_short_code(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> event(text, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a template", "4111111111111111", "card\u0000", "<card>"})
  void a_template_is_named_by_a_word(String text) {
    assertThat(AuditEvent.isTemplate(text)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> event("ok", Optional.of(text), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000b", "a\ud800b", "\u001b[2J"})
  void an_actor_and_a_tenant_are_plain_text(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> by(new Actor(text, "s", "c"), "t"));
    assertThatIllegalArgumentException().isThrownBy(() -> by(new Actor("i", text, "c"), "t"));
    assertThatIllegalArgumentException().isThrownBy(() -> by(new Actor("i", "s", text), "t"));
    assertThatIllegalArgumentException().isThrownBy(() -> by(new Actor("i", "s", "c"), text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> by(new Actor("i", "s".repeat(AuditEvent.MAX_TEXT + 1), "c"), "t"));
    assertThat(by(new Actor("i", "zoë😀|s", "c"), "t").actor().subject()).isEqualTo("zoë😀|s");
  }

  @Test
  void pitfall_13_an_event_has_the_fields_of_the_allow_list_and_no_other() {
    assertThat(AuditEvent.class.getRecordComponents())
        .extracting(RecordComponent::getName)
        .containsExactly(
            "action",
            "actor",
            "tenant",
            "outcome",
            "reason",
            "template",
            "token",
            "subject",
            "purpose",
            "requestId");
    Set<Class<?>> types =
        Set.of(
            Action.class,
            Actor.class,
            TenantId.class,
            AuditEvent.Outcome.class,
            String.class,
            Optional.class,
            RequestId.class);
    assertThat(AuditEvent.class.getRecordComponents()).allMatch(c -> types.contains(c.getType()));
    assertThat(
            Arrays.stream(AuditEvent.class.getRecordComponents())
                .filter(c -> c.getName().equals("token") || c.getName().equals("subject"))
                .map(c -> c.getGenericType().getTypeName()))
        .containsOnly("java.util.Optional<" + LookupDigest.class.getName() + ">");
  }

  @Test
  void pitfall_13_an_export_has_the_fields_of_the_allow_list_and_no_other() {
    Set<String> names = new TreeSet<>();
    for (String line : SampleTrail.small().lines()) {
      Matcher name = NAME.matcher(line);
      while (name.find()) {
        names.add(name.group(1));
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            ("type chain sequence at action actor issuer subject client tenant template tokenDigest"
                    + " subjectDigest purpose outcome reason requestId previous hash anchor body head"
                    + " keyId signature chains sealed checkpoints")
                .split(" "));
  }

  private static AuditEvent event(
      String reason, Optional<String> template, Optional<String> purpose) {
    return new AuditEvent(
        Action.DETOKENIZE,
        new Actor("i", "s", "c"),
        TenantId.DEFAULT,
        AuditEvent.Outcome.REFUSED,
        reason,
        template,
        Optional.empty(),
        Optional.empty(),
        purpose,
        new RequestId("request-1"));
  }

  private static AuditEvent by(Actor actor, String tenant) {
    return new AuditEvent(
        Action.DETOKENIZE,
        actor,
        new TenantId(tenant),
        AuditEvent.Outcome.REFUSED,
        "ok",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new RequestId("request-1"));
  }
}
