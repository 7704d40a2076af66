package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.TenantId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events that were changed, added, removed or reordered. */
class TrailVerifierTest {
  private final SampleTrail trail = Exports.TRAIL;
  private final List<String> lines = new ArrayList<>(Exports.LINES);

  @Test
  void a_whole_export_is_verified() throws IOException {
    assertThat(Exports.verify(lines))
        .isEqualTo(new Verdict.Verified(11, 2, 3, 1, trail.clock.instant(), "default"));
  }

  @Test
  void every_tenant_can_verify_the_same_trail_and_reads_only_its_own() throws IOException {
    List<String> acme = trail.lines(new TenantId("acme"));
    assertThat(Exports.verify(acme))
        .isEqualTo(new Verdict.Verified(11, 2, 3, 10, trail.clock.instant(), "acme"));
    assertThat(acme).filteredOn(line -> line.contains("auth0|")).hasSize(1);
    assertThat(lines).noneMatch(line -> line.contains("secret-of-acme"));
  }

  @Test
  void an_empty_trail_is_verified_by_its_closing_line() throws IOException {
    List<String> empty = new SampleTrail().lines();
    assertThat(empty).hasSize(1);
    assertThat(Exports.verify(empty)).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void a_removed_event_is_named() throws IOException {
    for (int i : Exports.indexesOf(lines, "\"hash\":")) {
      List<String> shorter = new ArrayList<>(lines);
      String removed = shorter.remove(i);
      assertNames(Exports.verify(shorter), removed);
    }
  }

  @Test
  void a_duplicated_event_is_named() throws IOException {
    for (int i : Exports.indexesOf(lines, "\"hash\":")) {
      for (int to = i + 1; to < lines.size(); to++) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(to, longer.get(i));
        assertThat(Exports.verify(longer))
            .as("line %s again at %s", i, to)
            .isInstanceOf(Verdict.Broken.class);
      }
      List<String> twice = new ArrayList<>(lines);
      twice.add(i + 1, twice.get(i));
      assertNames(Exports.verify(twice), twice.get(i));
    }
  }

  @Test
  void any_two_lines_in_each_others_place_are_found() throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      for (int j = i + 1; j < lines.size(); j++) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, i, j);
        assertThat(Exports.verify(swapped))
            .as("lines %s and %s", i, j)
            .isInstanceOf(Verdict.Broken.class);
      }
    }
  }

  @Test
  void of_two_events_in_each_others_place_the_first_is_named() throws IOException {
    Collections.swap(lines, 1, 2);
    assertThat(Exports.verify(lines))
        .matches(v -> Exports.names(v, "a", 2))
        .matches(v -> Exports.line(v) == 2);
  }

  @Test
  void an_event_moved_into_another_chain_is_found() throws IOException {
    int a = Exports.indexOf(lines, "a", 6);
    int b = Exports.indexOf(lines, "b", 3);
    String fromA = lines.get(a);
    lines.set(
        a,
        lines.get(b).replace("\"chain\":\"b\",\"sequence\":3", "\"chain\":\"a\",\"sequence\":6"));
    lines.set(b, fromA.replace("\"chain\":\"a\",\"sequence\":6", "\"chain\":\"b\",\"sequence\":3"));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 6));
  }

  @Test
  void any_removed_line_is_found() throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      List<String> shorter = new ArrayList<>(lines);
      shorter.remove(i);
      assertThat(Exports.verify(shorter)).as("line %s", i).isInstanceOf(Verdict.Broken.class);
    }
  }

  @Test
  void a_cut_tail_is_found_wherever_it_was_cut() throws IOException {
    for (int kept = 0; kept < lines.size(); kept++) {
      assertThat(Exports.verify(lines.subList(0, kept)))
          .as("%s lines", kept)
          .isInstanceOf(Verdict.Broken.class);
    }
    assertThat(Exports.verify(lines.subList(0, 3)))
        .matches(v -> Exports.names(v, "a", 4))
        .matches(v -> Exports.line(v) == 4);
  }

  @Test
  void a_cut_tail_under_the_old_closing_line_is_found() throws IOException {
    int close = Exports.indexOf(lines, "a", 7);
    lines.subList(close, close + 2).clear(); // with its checkpoint
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 7));
  }

  @Test
  void a_chain_removed_whole_is_named() throws IOException {
    lines.removeIf(
        line -> line.contains("\"chain\":\"b\",\"sequence\"") && !line.contains("\"end\""));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "b", 1));
  }

  @Test
  void the_first_chain_removed_whole_is_found() throws IOException {
    lines.removeIf(
        line -> line.contains("\"chain\":\"a\",\"sequence\"") && !line.contains("\"end\""));
    assertThat(Exports.verify(lines)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void chains_in_another_order_are_found() throws IOException {
    Collections.rotate(
        lines.subList(0, lines.size() - 1), -9); // the nine lines of a behind those of b
    assertThat(lines.getFirst()).contains("\"chain\":\"b\",\"sequence\":1,");
    assertThat(Exports.verify(lines)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_chain_that_the_store_lost_leaves_the_next_without_ground() throws IOException {
    InMemoryTrail rest = new InMemoryTrail();
    trail.stored.events("b", 0, 9, 9).forEach(rest::add);
    List<String> signed = new ArrayList<>();
    new AuditExport(rest, trail.clock, SampleTrail.SIGNER)
        .whole(TenantId.DEFAULT)
        .forEachRemaining(signed::add);
    assertThat(Exports.verify(signed)).matches(v -> Exports.names(v, "b", 1));
  }

  @Test
  void a_second_chain_that_stands_on_nothing_is_found() throws IOException {
    InMemoryTrail two = new InMemoryTrail();
    for (String name : List.of("x", "y")) {
      two.add(
          new AuditChain(
                  name, new byte[32], trail.clock, SampleTrail.SIGNER, AuditConfig.defaults())
              .append(AuditChain.open("node-1")));
    }
    List<String> signed = new ArrayList<>();
    new AuditExport(two, trail.clock, SampleTrail.SIGNER)
        .whole(TenantId.DEFAULT)
        .forEachRemaining(signed::add);
    assertThat(Exports.verify(signed)).matches(v -> Exports.names(v, "y", 1));
  }

  private void assertNames(Verdict verdict, String eventLine) {
    boolean ofA = eventLine.contains("\"chain\":\"a\"");
    long sequence = Long.parseLong(eventLine.replaceFirst(".*?\"sequence\":(\\d+).*", "$1"));
    assertThat(verdict).as(eventLine).matches(v -> Exports.names(v, ofA ? "a" : "b", sequence));
  }
}
