package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrailVerifierTest {
  private static final TrailVerifier VERIFIER =
      new TrailVerifier(List.of(SampleTrail.SIGNER.key()));
  private static final SampleTrail TRAIL = SampleTrail.small();
  private static final List<String> LINES = TRAIL.lines();

  private final SampleTrail trail = TRAIL;
  private final List<String> lines = new ArrayList<>(LINES);

  @Test
  void a_whole_export_is_verified() throws IOException {
    assertThat(verify(lines))
        .isEqualTo(new Verdict.Verified(11, 2, 3, 1, trail.clock.instant(), "default"));
  }

  @Test
  void every_tenant_can_verify_the_same_trail_and_reads_only_its_own() throws IOException {
    List<String> acme = trail.lines(new TenantId("acme"));
    assertThat(verify(acme))
        .isEqualTo(new Verdict.Verified(11, 2, 3, 10, trail.clock.instant(), "acme"));
    assertThat(acme).filteredOn(line -> line.contains("auth0|")).hasSize(1);
    assertThat(lines).noneMatch(line -> line.contains("secret-of-acme"));
  }

  @Test
  void an_empty_trail_is_verified_by_its_closing_line() throws IOException {
    List<String> empty = new SampleTrail().lines();
    assertThat(empty).hasSize(1);
    assertThat(verify(empty)).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void a_removed_event_is_named() throws IOException {
    for (int i : indexesOf("\"type\":\"event\"", "\"type\":\"sealed\"")) {
      List<String> shorter = new ArrayList<>(lines);
      String removed = shorter.remove(i);
      assertNames(verify(shorter), removed);
    }
  }

  @Test
  void a_duplicated_event_is_named() throws IOException {
    for (int i : indexesOf("\"type\":\"event\"", "\"type\":\"sealed\"")) {
      for (int to = i + 1; to < lines.size(); to++) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(to, longer.get(i));
        assertThat(verify(longer))
            .as("line %s again at %s", i, to)
            .isInstanceOf(Verdict.Broken.class);
      }
      List<String> twice = new ArrayList<>(lines);
      twice.add(i + 1, twice.get(i));
      assertNames(verify(twice), twice.get(i));
    }
  }

  @Test
  void any_two_lines_in_each_others_place_are_found() throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      for (int j = i + 1; j < lines.size(); j++) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, i, j);
        assertThat(verify(swapped)).as("lines %s and %s", i, j).isInstanceOf(Verdict.Broken.class);
      }
    }
  }

  @Test
  void of_two_events_in_each_others_place_the_first_is_named() throws IOException {
    Collections.swap(lines, 1, 2);
    assertThat(verify(lines)).matches(v -> names(v, "a", 2)).matches(v -> line(v) == 2);
  }

  @Test
  void an_event_moved_into_another_chain_is_found() throws IOException {
    int a = indexOf("a", 6);
    int b = indexOf("b", 3);
    String fromA = lines.get(a);
    lines.set(
        a,
        lines.get(b).replace("\"chain\":\"b\",\"sequence\":3", "\"chain\":\"a\",\"sequence\":6"));
    lines.set(b, fromA.replace("\"chain\":\"a\",\"sequence\":6", "\"chain\":\"b\",\"sequence\":3"));
    assertThat(verify(lines)).matches(v -> names(v, "a", 6));
  }

  @Test
  void any_removed_line_is_found() throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      List<String> shorter = new ArrayList<>(lines);
      shorter.remove(i);
      assertThat(verify(shorter)).as("line %s", i).isInstanceOf(Verdict.Broken.class);
    }
  }

  @Test
  void a_cut_tail_is_found_wherever_it_was_cut() throws IOException {
    for (int kept = 0; kept < lines.size(); kept++) {
      assertThat(verify(lines.subList(0, kept)))
          .as("%s lines", kept)
          .isInstanceOf(Verdict.Broken.class);
    }
    assertThat(verify(lines.subList(0, 3)))
        .matches(v -> names(v, "a", 4))
        .matches(v -> line(v) == 4);
  }

  @Test
  void a_cut_tail_under_the_old_closing_line_is_found() throws IOException {
    int close = indexOf("a", 7);
    lines.subList(close, close + 2).clear(); // with its checkpoint
    assertThat(verify(lines)).matches(v -> names(v, "a", 7));
  }

  @Test
  void a_chain_removed_whole_is_named() throws IOException {
    lines.removeIf(
        line -> line.contains("\"chain\":\"b\",\"sequence\"") && !line.contains("\"end\""));
    assertThat(verify(lines)).matches(v -> names(v, "b", 1));
  }

  @Test
  void the_first_chain_removed_whole_is_found() throws IOException {
    lines.removeIf(
        line -> line.contains("\"chain\":\"a\",\"sequence\"") && !line.contains("\"end\""));
    assertThat(verify(lines)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void chains_in_another_order_are_found() throws IOException {
    Collections.rotate(
        lines.subList(0, lines.size() - 1), -9); // the nine lines of a behind those of b
    assertThat(lines.getFirst()).contains("\"chain\":\"b\",\"sequence\":1,");
    assertThat(verify(lines)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_chain_that_the_store_lost_leaves_the_next_without_ground() throws IOException {
    InMemoryTrail rest = new InMemoryTrail();
    trail.stored.events("b", 0, 9, 9).forEach(rest::add);
    List<String> signed = new ArrayList<>();
    new AuditExport(rest, trail.clock, SampleTrail.SIGNER)
        .whole(TenantId.DEFAULT)
        .forEachRemaining(signed::add);
    assertThat(verify(signed)).matches(v -> names(v, "b", 1));
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
    assertThat(verify(signed)).matches(v -> names(v, "y", 1));
  }

  @Test
  void a_history_written_anew_does_not_meet_the_signed_heads() throws IOException {
    List<String> anew = new ArrayList<>(SampleTrail.small("ok").lines());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"type\":\"checkpoint\"")
          || lines.get(i).contains("\"type\":\"end\"")) {
        anew.set(i, lines.get(i));
      }
    }
    assertThat(verify(anew))
        .matches(v -> names(v, "a", 1)); // the first of the stretch that was signed
    anew.removeIf(line -> line.contains("\"type\":\"checkpoint\""));
    assertThat(verify(anew)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_checkpoint_of_another_key_is_found() throws IOException {
    int at = indexOfFirstCheckpoint();
    Checkpoint real = trail.stored.checkpoints("a", 0, 1).getFirst();
    byte[] message = Checkpoint.message("a", 3, real.at(), real.head(), real.keyId());
    lines.set(
        at,
        TrailLines.checkpoint(
            new Checkpoint(
                "a", 3, real.at(), real.head(), real.keyId(), new TestSigner(8).sign(message))));
    assertThat(verify(lines)).matches(v -> names(v, "a", 3));
  }

  @Test
  void a_checkpoint_that_stands_twice_or_no_more_is_found() throws IOException {
    int at = indexOfFirstCheckpoint();
    String checkpoint = lines.remove(at);
    assertThat(verify(lines)).matches(v -> names(v, "a", 1));
    lines.add(at, checkpoint);
    lines.add(at, checkpoint);
    assertThat(verify(lines)).matches(v -> names(v, "a", 1));
  }

  @Test
  void two_checkpoints_of_one_head_are_no_fault() throws IOException {
    SampleTrail idle = new SampleTrail();
    AuditChain chain = idle.open("a");
    idle.sign(chain);
    idle.sign(chain);
    assertThat(verify(idle.lines())).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void another_public_key_verifies_nothing() throws IOException {
    Verdict verdict = new TrailVerifier(List.of(new TestSigner(8).key())).verify(stream(lines));
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    assertThat(new TrailVerifier(List.of()).verify(stream(lines)))
        .isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void the_closing_line_of_an_older_export_does_not_fit_a_newer_one_nor_a_shorter_one()
      throws IOException {
    SampleTrail growing = new SampleTrail();
    AuditChain chain = growing.open("a");
    growing.write(chain, SampleTrail.bare("one"));
    String older = growing.lines().getLast();
    growing.write(chain, SampleTrail.bare("two"));
    List<String> newer = new ArrayList<>(growing.lines());
    newer.set(newer.size() - 1, older);
    assertThat(verify(newer)).matches(v -> names(v, "a", 3));
    newer.remove(2);
    newer.remove(1);
    assertThat(verify(newer)).matches(v -> names(v, "a", 2));
  }

  @Test
  void an_older_export_put_in_place_of_a_newer_one_shows_its_age() throws IOException {
    SampleTrail growing = new SampleTrail();
    AuditChain chain = growing.open("a");
    List<String> older = growing.lines();
    Verdict.Verified then = (Verdict.Verified) verify(older);
    growing.write(chain, SampleTrail.bare("one"));
    assertThat(then.at()).isBefore(((Verdict.Verified) verify(growing.lines())).at());
  }

  @Test
  void a_sealed_event_that_was_changed_is_named() throws IOException {
    int at = indexOf("a", 4);
    lines.set(at, lines.get(at).replaceFirst("\"body\":\"[0-9a-f]{4}", "\"body\":\"0000"));
    assertThat(verify(lines)).matches(v -> names(v, "a", 4));
  }

  @Test
  void an_own_event_that_was_blacked_out_is_found() throws IOException {
    int at = indexOf("a", 2);
    ChainedEvent shown = trail.stored.events("a", 1, 2, 1).getFirst();
    lines.set(at, TrailLines.sealed(shown, false));
    assertThat(verify(lines)).matches(v -> names(v, "a", 1));
  }

  @Test
  void an_event_of_another_tenant_that_was_unsealed_is_named() throws IOException {
    int at = indexOf("a", 4);
    ChainedEvent sealed = trail.stored.events("a", 3, 4, 1).getFirst();
    lines.set(at, TrailLines.event(sealed, false));
    assertThat(verify(lines)).matches(v -> names(v, "a", 4));
  }

  @Test
  void a_mark_that_was_added_or_taken_away_is_found() throws IOException {
    int anchor = indexOf("a", 3);
    assertThat(lines.get(anchor)).contains(",\"anchor\":true");
    String marked = lines.get(anchor);
    lines.set(anchor, marked.replace(",\"anchor\":true", ""));
    assertThat(verify(lines)).matches(v -> names(v, "b", 1));
    lines.set(anchor, marked);
    lines.set(1, lines.get(1).replaceFirst("}$", ",\"anchor\":true}"));
    assertThat(verify(lines)).matches(v -> names(v, "a", 2));
  }

  @Test
  void whatever_follows_the_closing_line_is_found() throws IOException {
    List<String> longer = new ArrayList<>(lines);
    longer.add(lines.getLast());
    assertThat(verify(longer)).matches(v -> line(v) == longer.size());
    longer.set(longer.size() - 1, "");
    assertThat(verify(longer)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_selection_is_never_verified() throws IOException {
    List<String> selection = new ArrayList<>();
    trail.export().selection(everythingOf(TenantId.DEFAULT)).forEachRemaining(selection::add);
    assertThat(verify(selection)).isEqualTo(new Verdict.Selection(10, trail.clock.instant()));
    selection.add(lines.getLast());
    assertThat(verify(selection)).isInstanceOf(Verdict.Broken.class);
    List<String> mixed = new ArrayList<>(lines);
    mixed.add(2, selection.getFirst());
    assertThat(verify(mixed)).isInstanceOf(Verdict.Broken.class);
  }

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
    assertThat(verify(lines)).isInstanceOf(Verdict.Broken.class).matches(v -> line(v) == 1);
  }

  @Test
  void upper_case_hex_is_not_what_an_export_writes() throws IOException {
    String hash = HexFormat.of().formatHex(trail.stored.events("a", 0, 1, 1).getFirst().hash());
    lines.set(0, lines.getFirst().replace(hash, hash.toUpperCase(Locale.ROOT)));
    assertThat(verify(lines)).matches(v -> line(v) == 1);
  }

  @Test
  void a_text_that_utf8_cannot_tell_apart_is_refused() throws IOException {
    SampleTrail odd = new SampleTrail();
    AuditChain chain = odd.open("a");
    odd.write(chain, SampleTrail.event(TenantId.DEFAULT, "what", AuditEvent.Outcome.ALLOWED, "ok"));
    List<String> questioned = new ArrayList<>(odd.lines());
    questioned.set(1, questioned.get(1).replace("auth0|what", "auth0|what\\udc00"));
    assertThat(verify(questioned)).matches(v -> names(v, "a", 2));
  }

  private void assertNames(Verdict verdict, String eventLine) {
    boolean ofA = eventLine.contains("\"chain\":\"a\"");
    long sequence = Long.parseLong(eventLine.replaceFirst(".*?\"sequence\":(\\d+).*", "$1"));
    assertThat(verdict).as(eventLine).matches(v -> names(v, ofA ? "a" : "b", sequence));
  }

  private static boolean names(Verdict verdict, String chain, long sequence) {
    return verdict instanceof Verdict.Broken broken
        && broken.chain().equals(chain)
        && broken.sequence() == sequence;
  }

  private static long line(Verdict verdict) {
    return verdict instanceof Verdict.Broken broken ? broken.line() : -1;
  }

  private int indexOfFirstCheckpoint() {
    return indexesOf("\"type\":\"checkpoint\"", "\"type\":\"checkpoint\"").getFirst();
  }

  private int indexOf(String chain, int sequence) {
    String place = "\"chain\":\"%s\",\"sequence\":%d,".formatted(chain, sequence);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(place)) {
        return i;
      }
    }
    throw new AssertionError(place);
  }

  private List<Integer> indexesOf(String one, String other) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(one) || lines.get(i).contains(other)) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  static TrailReader.Filter everythingOf(TenantId tenant) {
    return new TrailReader.Filter(
        tenant,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Verdict verify(List<String> lines) throws IOException {
    return VERIFIER.verify(stream(lines));
  }

  private static ByteArrayInputStream stream(List<String> lines) {
    return new ByteArrayInputStream(SampleTrail.bytes(lines));
  }
}
