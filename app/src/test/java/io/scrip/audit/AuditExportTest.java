package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Action;
import io.scrip.identity.TenantId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class AuditExportTest {
  private final SampleTrail trail = SampleTrail.small();

  @Test
  void the_lines_stand_in_order() {
    assertThat(trail.lines())
        .extracting(line -> line.replaceFirst(".*?\"type\":\"(\\w+)\".*", "$1"))
        .containsExactly(
            "event",
            "event",
            "event",
            "checkpoint",
            "sealed",
            "event",
            "event",
            "event",
            "checkpoint",
            "event",
            "event",
            "event",
            "event",
            "checkpoint",
            "end");
  }

  @Test
  void an_event_line_is_as_documented() {
    assertThat(trail.lines().get(1))
        .startsWith(
            "{\"type\":\"event\",\"chain\":\"a\",\"sequence\":2,\"at\":\"2026-11-21T08:00:03.000001Z\","
                + "\"action\":\"token.detokenize\",\"actor\":{\"issuer\":\"https://issuer.example/\","
                + "\"subject\":\"auth0|one\",\"client\":\"client-one\"},\"tenant\":\"default\","
                + "\"template\":\"card\",\"tokenDigest\":\"0101")
        .contains(
            "0202\",\"purpose\":\"refund\",\"outcome\":\"refused\",\"reason\":\"permission-missing\","
                + "\"requestId\":\"request-one\",\"hash\":\"")
        .doesNotContain("previous");
    assertThat(trail.lines().getFirst()).contains("\"previous\":\"" + "0".repeat(64) + "\"");
  }

  @Test
  void a_sealed_line_shows_place_and_hashes_only() {
    assertThat(trail.lines().get(4))
        .matches(
            "\\{\"type\":\"sealed\",\"chain\":\"a\",\"sequence\":4,\"body\":\"[0-9a-f]{64}\","
                + "\"hash\":\"[0-9a-f]{64}\"}");
  }

  @Test
  void what_is_written_after_the_export_began_is_not_in_it() throws Exception {
    SampleTrail growing = new SampleTrail();
    AuditChain chain = growing.open("a");
    growing.write(chain, SampleTrail.bare("before"));
    Iterator<String> export = growing.export().whole(TenantId.DEFAULT);
    List<String> lines = new ArrayList<>(List.of(export.next()));
    growing.write(chain, SampleTrail.bare("after"));
    growing.sign(chain);
    growing.open("b");
    export.forEachRemaining(lines::add);
    assertThat(lines).hasSize(3).noneMatch(line -> line.contains("after"));
    assertThat(Exports.verify(lines)).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void a_long_chain_is_read_page_by_page() throws Exception {
    SampleTrail longer = new SampleTrail();
    AuditChain chain = longer.open("a");
    for (int i = 1; i < 2 * AuditExport.PAGE + 1; i++) {
      longer.write(chain, SampleTrail.bare("number-" + i));
    }
    assertThat(Exports.verify(longer.lines()))
        .isEqualTo(
            new Verdict.Verified(
                2 * AuditExport.PAGE + 1, 1, 0, 0, longer.clock.instant(), "default"));
    List<String> selection = new ArrayList<>();
    longer
        .export()
        .selection(Exports.everythingOf(TenantId.DEFAULT))
        .forEachRemaining(selection::add);
    assertThat(selection).hasSize(2 * AuditExport.PAGE + 2).doesNotHaveDuplicates();
  }

  @Test
  void a_selection_says_so_first_and_shows_matching_events_of_its_tenant() {
    List<String> lines = new ArrayList<>();
    TrailReader.Filter filter =
        new TrailReader.Filter(
            new TenantId("acme"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Action.DETOKENIZE),
            Set.of(),
            Optional.empty());
    trail.export().selection(filter).forEachRemaining(lines::add);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("{\"type\":\"selection\"")
        .endsWith("\"tenant\":\"acme\",\"action\":\"token.detokenize\"}");
    assertThat(lines.getLast()).contains("secret-of-acme");
  }

  @Test
  void a_line_never_breaks_whatever_a_subject_holds() {
    SampleTrail odd = new SampleTrail();
    AuditChain chain = odd.open("a");
    odd.write(
        chain,
        SampleTrail.event(TenantId.DEFAULT, "\"},{\u2028\\n", AuditEvent.Outcome.ALLOWED, "ok"));
    assertThat(odd.lines()).hasSize(3).noneMatch(line -> line.contains("\n"));
  }

  @Test
  void behind_the_end_there_is_nothing() {
    Iterator<String> export = trail.export().whole(TenantId.DEFAULT);
    export.forEachRemaining(_ -> {});
    Assertions.assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(export::next);
  }
}
