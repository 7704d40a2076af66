package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.TenantId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that no export writes. */
class TrailLineParserTest {
  private final SampleTrail trail = Exports.TRAIL;
  private final List<String> lines = new ArrayList<>(Exports.LINES);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"type\":\"event\"; {\"type\":\"occasion\"",
        "{\"type\":\"event\"; {\"type\":\"event\",\"type\":\"event\"",
        "{\"type\":\"event\"; {\"type\":\"event\",\"note\":\"hello\"",
        "{\"type\":\"event\"; {\"type\":\"event\",\"body\":\"00\"",
        "{\"type\":\"event\"; []{\"type\":\"event\"",
        "\"sequence\":1,; \"sequence\":1.0,",
        "\"sequence\":1,; \"sequence\":\"1\",",
        "\"sequence\":1,; \"sequence\":-1,",
        "\"sequence\":1,; \"sequence\":99999999999999999999,",
        "\"sequence\":1,; \"sequence\":null,",
        "\"chain\":\"a\"; \"chain\":\"a b\"",
        "\"chain\":\"a\"; \"chain\":\"\"",
        ".500001Z; .500001+00:00",
        ".500001Z; .5000010Z",
        "T08:00; T24:00",
        "\"hash\":\"; \"hash\":\"0",
        "\"hash\":\"; \"hash\":\"zz",
        "\"actor\":{; \"actor\":{\"name\":\"x\",",
        "\"subject\":\"; \"subject\":\"\\ud800"
      })
  void what_is_no_line_of_an_export_is_found(String here, String instead) throws IOException {
    String changed =
        lines.getFirst().replaceFirst(Pattern.quote(here), Matcher.quoteReplacement(instead));
    assertThat(changed).isNotEqualTo(lines.getFirst());
    lines.set(0, changed);
    assertThat(Exports.verify(lines))
        .isInstanceOf(Verdict.Broken.class)
        .matches(v -> Exports.line(v) == 1);
  }

  @Test
  void upper_case_hex_is_not_what_an_export_writes() throws IOException {
    String hash = HexFormat.of().formatHex(trail.stored.events("a", 0, 1, 1).getFirst().hash());
    lines.set(0, lines.getFirst().replace(hash, hash.toUpperCase(Locale.ROOT)));
    assertThat(Exports.verify(lines)).matches(v -> Exports.line(v) == 1);
  }

  @Test
  void a_text_that_utf8_cannot_tell_apart_is_refused() throws IOException {
    SampleTrail odd = new SampleTrail();
    AuditChain chain = odd.open("a");
    odd.write(chain, SampleTrail.event(TenantId.DEFAULT, "what", AuditEvent.Outcome.ALLOWED, "ok"));
    List<String> questioned = new ArrayList<>(odd.lines());
    questioned.set(1, questioned.get(1).replace("auth0|what", "auth0|what\\udc00"));
    assertThat(Exports.verify(questioned)).matches(v -> Exports.names(v, "a", 2));
  }
}
