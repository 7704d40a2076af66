package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.TenantId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures, seals and marks that are not what the service wrote. */
class ForgedExportTest {
  private final SampleTrail trail = Exports.TRAIL;
  private final List<String> lines = new ArrayList<>(Exports.LINES);

  @Test
  void a_history_written_anew_does_not_meet_the_signed_heads() throws IOException {
    List<String> anew = new ArrayList<>(SampleTrail.small("ok").lines());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"type\":\"checkpoint\"")
          || lines.get(i).contains("\"type\":\"end\"")) {
        anew.set(i, lines.get(i));
      }
    }
    assertThat(Exports.verify(anew))
        .matches(v -> Exports.names(v, "a", 1)); // the first of the stretch that was signed
    anew.removeIf(line -> line.contains("\"type\":\"checkpoint\""));
    assertThat(Exports.verify(anew)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_checkpoint_of_another_key_is_found() throws IOException {
    int at = Exports.indexesOf(lines, "\"type\":\"checkpoint\"").getFirst();
    Checkpoint real = trail.stored.checkpoints("a", 0, 1).getFirst();
    byte[] message = Checkpoint.message("a", 3, real.at(), real.head(), real.keyId());
    lines.set(
        at,
        TrailLines.checkpoint(
            new Checkpoint(
                "a", 3, real.at(), real.head(), real.keyId(), new TestSigner(8).sign(message))));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 3));
  }

  @Test
  void a_checkpoint_that_stands_twice_or_no_more_is_found() throws IOException {
    int at = Exports.indexesOf(lines, "\"type\":\"checkpoint\"").getFirst();
    String checkpoint = lines.remove(at);
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 1));
    lines.add(at, checkpoint);
    lines.add(at, checkpoint);
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 1));
  }

  @Test
  void two_checkpoints_of_one_head_are_no_fault() throws IOException {
    SampleTrail idle = new SampleTrail();
    AuditChain chain = idle.open("a");
    idle.sign(chain);
    idle.sign(chain);
    assertThat(Exports.verify(idle.lines())).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void another_public_key_verifies_nothing() throws IOException {
    Verdict verdict =
        new TrailVerifier(List.of(new TestSigner(8).key())).verify(Exports.stream(lines));
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    assertThat(new TrailVerifier(List.of()).verify(Exports.stream(lines)))
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
    assertThat(Exports.verify(newer)).matches(v -> Exports.names(v, "a", 3));
    newer.remove(2);
    newer.remove(1);
    assertThat(Exports.verify(newer)).matches(v -> Exports.names(v, "a", 2));
  }

  @Test
  void an_older_export_put_in_place_of_a_newer_one_shows_its_age() throws IOException {
    SampleTrail growing = new SampleTrail();
    AuditChain chain = growing.open("a");
    List<String> older = growing.lines();
    Verdict.Verified then = (Verdict.Verified) Exports.verify(older);
    growing.write(chain, SampleTrail.bare("one"));
    assertThat(then.at()).isBefore(((Verdict.Verified) Exports.verify(growing.lines())).at());
  }

  @Test
  void a_sealed_event_that_was_changed_is_named() throws IOException {
    int at = Exports.indexOf(lines, "a", 4);
    lines.set(at, lines.get(at).replaceFirst("\"body\":\"[0-9a-f]{4}", "\"body\":\"0000"));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 4));
  }

  @Test
  void an_own_event_that_was_blacked_out_is_found() throws IOException {
    int at = Exports.indexOf(lines, "a", 2);
    ChainedEvent shown = trail.stored.events("a", 1, 2, 1).getFirst();
    lines.set(at, TrailLines.sealed(shown, false));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 1));
  }

  @Test
  void an_event_of_another_tenant_that_was_unsealed_is_named() throws IOException {
    int at = Exports.indexOf(lines, "a", 4);
    ChainedEvent sealed = trail.stored.events("a", 3, 4, 1).getFirst();
    lines.set(at, TrailLines.event(sealed, false));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 4));
  }

  @Test
  void a_mark_that_was_added_or_taken_away_is_found() throws IOException {
    int anchor = Exports.indexOf(lines, "a", 3);
    assertThat(lines.get(anchor)).contains(",\"anchor\":true");
    String marked = lines.get(anchor);
    lines.set(anchor, marked.replace(",\"anchor\":true", ""));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "b", 1));
    lines.set(anchor, marked);
    lines.set(1, lines.get(1).replaceFirst("}$", ",\"anchor\":true}"));
    assertThat(Exports.verify(lines)).matches(v -> Exports.names(v, "a", 2));
  }

  @Test
  void whatever_follows_the_closing_line_is_found() throws IOException {
    List<String> longer = new ArrayList<>(lines);
    longer.add(lines.getLast());
    assertThat(Exports.verify(longer)).matches(v -> Exports.line(v) == longer.size());
    longer.set(longer.size() - 1, "");
    assertThat(Exports.verify(longer)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_selection_is_never_verified() throws IOException {
    List<String> selection = new ArrayList<>();
    trail
        .export()
        .selection(Exports.everythingOf(TenantId.DEFAULT))
        .forEachRemaining(selection::add);
    assertThat(Exports.verify(selection))
        .isEqualTo(new Verdict.Selection(10, trail.clock.instant()));
    selection.add(lines.getLast());
    assertThat(Exports.verify(selection)).isInstanceOf(Verdict.Broken.class);
    List<String> mixed = new ArrayList<>(lines);
    mixed.add(2, selection.getFirst());
    assertThat(Exports.verify(mixed)).isInstanceOf(Verdict.Broken.class);
  }
}
