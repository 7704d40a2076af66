package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.journal.FakeLedger.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a listener hears of a chain's signatures, and that it hears of nothing that is not durable.
 */
class SignedTest extends WriterFixture {
  private final List<Checkpoint> signed = new ArrayList<>();
  private final List<String> news = new ArrayList<>();

  private void drainHeard() {
    queue.close();
    writer(10, new Heard()).run();
  }

  @Test
  void of_the_signature_at_a_chains_end() {
    put("entry-00001");
    drainHeard();
    assertThat(signed).isEqualTo(ledger.checkpoints()).hasSize(1);
    assertThat(news).containsExactly("committed", "signed");
  }

  @Test
  void of_a_signature_that_is_due_with_a_group_after_the_group() {
    ledger.beforeCommit(_ -> ledger.clock.advance(Duration.ofMinutes(2)));
    put(Entries.ECHO, Entries.names(30));
    drainHeard();
    assertThat(signed).isEqualTo(ledger.checkpoints()).hasSizeGreaterThan(1);
    assertThat(news).startsWith("committed", "committed", "signed");
  }

  @Test
  void of_a_signature_that_could_not_be_written() {
    put("entry-00001");
    ledger.plan(End.WELL, End.REFUSED);
    drainHeard();
    assertThat(signed).isEmpty();
    assertThat(news).containsExactly("committed", "not signed");
  }

  @Test
  void of_a_chain_that_is_left_and_not_of_its_signature() {
    put(Entries.ECHO, Entries.names(10));
    put(Entries.ECHO, List.of("entry-lost"));
    put(Entries.ECHO, List.of("entry-after"));
    ledger.plan(End.WELL, End.LOST_ANSWER);
    drainHeard();
    String left = ledger.events().getFirst().chain();
    assertThat(news).contains("abandoned " + left);
    assertThat(signed).extracting(Checkpoint::chain).doesNotContain(left);
  }

  @Test
  void of_no_chain_where_none_was_open() {
    put("entry-00001");
    ledger.plan(End.LOST_COMMIT);
    drainHeard();
    assertThat(news).containsExactly("failed");
  }

  private final class Heard implements CommitListener {
    @Override
    public void committed(int entries, List<ChainedEvent> events, Duration took) {
      news.add("committed");
    }

    @Override
    public void failed(int entries) {
      news.add("failed");
    }

    @Override
    public void signed(Checkpoint checkpoint) {
      signed.add(checkpoint);
      news.add("signed");
    }

    @Override
    public void notSigned() {
      news.add("not signed");
    }

    @Override
    public void abandoned(String chain) {
      news.add("abandoned " + chain);
    }
  }
}
