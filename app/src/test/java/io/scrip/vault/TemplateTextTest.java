package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.format.Mask;
import io.scrip.format.TokenFormat;
import io.scrip.lease.LeaseTerms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates into text and back. */
class TemplateTextTest {
  private static final List<TokenFormat> FORMATS =
      List.of(
          TokenFormat.of("opaque", Map.of()),
          TokenFormat.of("opaque", Map.of("prefix", "pay_")),
          TokenFormat.of("uuid", Map.of()),
          TokenFormat.of("card", Map.of()),
          TokenFormat.of("card", Map.of("head", "0", "tail", "0")),
          TokenFormat.of("digits", Map.of("head", "2", "tail", "1")),
          TokenFormat.of("alphanumeric", Map.of()),
          TokenFormat.of("email", Map.of("domain", "example.com")),
          TokenFormat.of("phone", Map.of()),
          TokenFormat.of("ssn", Map.of("tail", "4")),
          TokenFormat.of("iban", Map.of("check", "valid")),
          TokenFormat.of("date", Map.of("range-days", "500")),
          TokenFormat.of(
              "pattern", Map.of("pattern", "keep(2) literal(\"=#\\\"\\\\ \") random(\"=AB\", 9)")));

  private static final List<Mask> MASKS =
      List.of(
          Mask.parse("first=0,last=0,symbol=*"),
          Mask.parse("first=0,last=4,symbol=#"),
          Mask.parse("first=1,last=2,symbol=\u2022"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_template_comes_back_as_it_was(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      Template template = template(random);
      Template back =
          TemplateText.parse(
              template.name(),
              template.revision(),
              TemplateText.print(template),
              template.description());
      assertThat(back).as("seed %d", seed).isEqualTo(template);
      assertThat(TemplateText.print(back))
          .as("seed %d", seed)
          .isEqualTo(TemplateText.print(template));
    }
  }

  @Test
  void all_options_are_written_so_that_a_stored_template_outlives_a_change_of_defaults() {
    Template card = VaultFixture.template("mine", 1, Template.Mode.CONVERGENT, "card", Map.of());
    assertThat(TemplateText.print(card))
        .isEqualTo(
            """
            allow-small-space=true
            format=card
            mask=first=0,last=0,symbol=*
            mode=convergent
            option.head=6
            option.luhn=invalid
            option.require-luhn=true
            option.tail=4
            searchable=true
            """);
  }

  @Test
  void a_stored_template_that_lacks_a_part_is_not_guessed() {
    String text = TemplateText.print(BuiltInTemplates.OPAQUE);
    for (String line : text.lines().filter(l -> !l.startsWith("option.")).toList()) {
      String lacking = text.replace(line + "\n", "");
      assertThatExceptionOfType(IllegalStateException.class)
          .as(line)
          .isThrownBy(() -> TemplateText.parse("mine", 1, lacking, Optional.empty()));
    }
  }

  private static Template template(Random random) {
    LeaseTerms lease =
        switch (random.nextInt(3)) {
          case 0 -> LeaseTerms.UNBOUNDED;
          case 1 -> new LeaseTerms(Optional.empty(), ttl(random));
          default -> new LeaseTerms(Optional.of(Duration.ofSeconds(1)), ttl(random));
        };
    TokenFormat format = FORMATS.get(random.nextInt(FORMATS.size()));
    Template.Mode mode = random.nextBoolean() ? Template.Mode.RANDOM : Template.Mode.CONVERGENT;
    return new Template(
        "t" + random.nextInt(1_000),
        1 + random.nextInt(1_000),
        format,
        mode,
        lease,
        format.kind().equals("pattern")
            ? MASKS.get(random.nextInt(MASKS.size()))
            : MASKS.getFirst(),
        random.nextBoolean()
            ? Optional.of("reveal:" + "a".repeat(1 + random.nextInt(9)))
            : Optional.empty(),
        true,
        mode == Template.Mode.RANDOM && random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean() ? Optional.of("a=b\nsecond line") : Optional.empty());
  }

  private static Optional<Duration> ttl(Random random) {
    return Optional.of(
        Duration.ofSeconds(1 + random.nextInt(1_000_000)).plusNanos(random.nextInt(1_000_000_000)));
  }
}
