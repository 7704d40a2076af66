package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.TenantId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Laws over trails of several writers that open, write, sign, fail, go back and close as chance has
 * it.
 */
class TrailPropertiesTest {
  private static final int TRAILS = 20;
  private static final List<TenantId> TENANTS =
      List.of(TenantId.DEFAULT, new TenantId("acme"), new TenantId("zebra"));

  @Test
  void whatever_the_writers_did_every_tenant_verifies_the_whole() throws IOException {
    for (long seed = 0; seed < TRAILS; seed++) {
      SampleTrail trail = grown(seed);
      for (TenantId tenant : TENANTS) {
        assertThat(Exports.verify(trail.lines(tenant)))
            .as("seed %s, %s", seed, tenant)
            .isInstanceOf(Verdict.Verified.class);
      }
    }
  }

  @Test
  void whichever_line_is_removed_repeated_or_moved_it_is_found() throws IOException {
    for (long seed = 0; seed < TRAILS; seed++) {
      List<String> lines = grown(seed).lines();
      Random random = new Random(seed);
      for (int change = 0; change < 4; change++) {
        List<String> changed = new ArrayList<>(lines);
        change(changed, random);
        if (!changed.equals(lines)) {
          assertThat(Exports.verify(changed))
              .as("seed %s, change %s", seed, change)
              .isInstanceOf(Verdict.Broken.class);
        }
      }
    }
  }

  @Test
  void a_removed_event_is_named_or_the_checkpoint_after_it_names_it() throws IOException {
    for (long seed = 0; seed < TRAILS; seed++) {
      List<String> lines = new ArrayList<>(grown(seed).lines());
      String removed = lines.remove(new Random(seed).nextInt(lines.size() - 1));
      Verdict.Broken broken = (Verdict.Broken) Exports.verify(lines);
      if (!removed.contains("\"type\":\"checkpoint\"") && !removed.contains("\"sequence\":1,")) {
        assertThat(removed)
            .as("seed %s: %s", seed, broken)
            .contains(
                "\"chain\":\"%s\",\"sequence\":%d,".formatted(broken.chain(), broken.sequence()));
      }
    }
  }

  private static void change(List<String> lines, Random random) {
    int from = random.nextInt(lines.size());
    int to = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(from);
      case 1 -> lines.add(to, lines.get(from));
      case 2 -> lines.add(to, lines.remove(from));
      default -> lines.subList(Math.min(from, to), Math.max(from, to)).clear();
    }
  }

  private static SampleTrail grown(long seed) {
    Random random = new Random(seed);
    SampleTrail trail = new SampleTrail();
    List<AuditChain> writers = new ArrayList<>(List.of(trail.open("w0")));
    int opened = 1;
    for (int step = 0; step < 40; step++) {
      AuditChain writer = writers.get(random.nextInt(writers.size()));
      switch (random.nextInt(8)) {
        case 0 -> writers.add(trail.open("w" + opened++));
        case 1 -> fail(writer, random);
        case 2 -> trail.sign(writer);
        case 3 -> replace(trail, writers, writer, "w" + opened++);
        default -> trail.write(writer, event(random));
      }
    }
    return trail;
  }

  /** A group that was rolled back: nothing of it reaches the store. */
  private static void fail(AuditChain writer, Random random) {
    AuditChain.Position before = writer.position();
    for (int i = random.nextInt(4); i >= 0; i--) {
      writer.append(event(random));
      writer.checkpoint();
    }
    writer.rewind(before);
  }

  private static void replace(
      SampleTrail trail, List<AuditChain> writers, AuditChain old, String name) {
    trail.write(old, AuditChain.close("node-1"));
    writers.remove(old);
    writers.add(trail.open(name));
  }

  private static AuditEvent event(Random random) {
    TenantId tenant = TENANTS.get(random.nextInt(TENANTS.size()));
    String subject = "subject-" + random.nextInt(100);
    return random.nextBoolean()
        ? SampleTrail.bare(subject)
        : SampleTrail.event(tenant, subject, AuditEvent.Outcome.REFUSED, "expired");
  }
}
