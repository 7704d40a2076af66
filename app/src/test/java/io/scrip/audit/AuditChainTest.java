package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private final TestClock clock = new TestClock();
  private final AuditChain chain = chain(new AuditConfig(3, Duration.ofMinutes(1)));

  @Test
  void begins_at_one_upon_the_head_before_and_goes_on_without_gaps() {
    ChainedEvent first = chain.append(AuditChain.open("node-1"));
    ChainedEvent second = chain.append(SampleTrail.bare("one"));
    assertThat(first.sequence()).isEqualTo(1);
    assertThat(first.previous()).isEqualTo(new byte[32]);
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(second.previous()).isEqualTo(first.hash());
    assertThat(second.hash()).isEqualTo(ChainHash.link(first.hash(), second.body()));
  }

  @Test
  void the_program_itself_opens_and_closes_a_chain() {
    AuditEvent open = AuditChain.open("node-1");
    assertThat(open.actor()).hasToString("Actor[issuer=scrip, subject=node-1, client=scrip]");
    assertThat(open.tenant().value()).isEqualTo("default");
    assertThat(AuditChain.close("node-1").reason()).isEqualTo("ok");
  }

  @Test
  void pitfall_12_nothing_stands_before_the_opening_nor_behind_the_end() {
    assertThatIllegalStateException().isThrownBy(() -> chain.append(SampleTrail.bare("one")));
    assertThatIllegalStateException().isThrownBy(() -> chain.append(AuditChain.close("node-1")));
    assertThatIllegalStateException().isThrownBy(chain::checkpoint);
    chain.append(AuditChain.open("node-1"));
    assertThatIllegalStateException().isThrownBy(() -> chain.append(AuditChain.open("node-1")));
    chain.append(AuditChain.close("node-1"));
    assertThatIllegalStateException().isThrownBy(() -> chain.append(SampleTrail.bare("one")));
  }

  @Test
  void pitfall_12_a_signer_that_fails_is_heard() {
    AuditChain broken =
        new AuditChain("a", new byte[32], clock, new BrokenSigner(), AuditConfig.defaults());
    broken.append(AuditChain.open("node-1"));
    AuditChain.Position before = broken.position();
    assertThatIllegalStateException().isThrownBy(broken::checkpoint).withMessage("no key");
    assertThat(broken.position()).isSameAs(before);
  }

  @Test
  void time_is_cut_to_the_microsecond_and_never_goes_back() {
    clock.advance(Duration.ofNanos(1999));
    Instant at = chain.append(AuditChain.open("node-1")).at();
    assertThat(at).isEqualTo(Instant.parse("2026-11-21T08:00:00.000002Z"));
    clock.advance(Duration.ofHours(-1));
    assertThat(chain.append(SampleTrail.bare("one")).at()).isEqualTo(at);
    assertThat(chain.checkpoint().at()).isEqualTo(at);
    clock.advance(Duration.ofHours(2));
    assertThat(chain.append(SampleTrail.bare("two")).at()).isAfter(at);
  }

  @Test
  void a_checkpoint_is_due_after_so_many_events() {
    chain.append(AuditChain.open("node-1"));
    chain.append(SampleTrail.bare("one"));
    assertThat(chain.checkpointWhenDue()).isEmpty();
    ChainedEvent third = chain.append(SampleTrail.bare("two"));
    Checkpoint checkpoint = chain.checkpointWhenDue().orElseThrow();
    assertThat(checkpoint.sequence()).isEqualTo(3);
    assertThat(checkpoint.head()).isEqualTo(third.hash());
    assertThat(chain.checkpointWhenDue()).isEmpty();
  }

  @Test
  void a_checkpoint_is_due_after_so_much_time_if_there_is_anything_to_sign() {
    clock.advance(Duration.ofMinutes(2));
    assertThat(chain.checkpointWhenDue()).isEmpty();
    chain.append(AuditChain.open("node-1"));
    assertThat(chain.checkpointWhenDue()).isPresent();
    clock.advance(Duration.ofMinutes(2));
    assertThat(chain.checkpointWhenDue()).isEmpty();
    chain.append(SampleTrail.bare("one"));
    clock.advance(Duration.ofHours(-5));
    assertThat(chain.checkpointWhenDue()).as("after the clock stepped back").isPresent();
  }

  @Test
  void after_a_rewind_everything_happens_again_alike() {
    chain.append(AuditChain.open("node-1"));
    AuditChain.Position position = chain.position();
    ChainedEvent once = chain.append(SampleTrail.bare("one"));
    Checkpoint signed = chain.checkpoint();
    chain.append(AuditChain.close("node-1"));
    chain.rewind(position);
    assertThat(chain.position()).isSameAs(position);
    ChainedEvent again = chain.append(SampleTrail.bare("one"));
    assertThat(again).usingRecursiveComparison().isEqualTo(once);
    assertThat(chain.checkpoint()).usingRecursiveComparison().isEqualTo(signed);
  }

  @Test
  void a_chain_only_goes_back() {
    chain.append(AuditChain.open("node-1"));
    AuditChain.Position first = chain.position();
    chain.append(SampleTrail.bare("one"));
    AuditChain.Position second = chain.position();
    chain.rewind(first);
    assertThatIllegalArgumentException().isThrownBy(() -> chain.rewind(second));
  }

  @Test
  void a_name_with_spaces_and_a_short_head_are_refused() {
    AuditConfig config = AuditConfig.defaults();
    TestSigner signer = SampleTrail.SIGNER;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuditChain("a b", new byte[32], clock, signer, config));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuditChain("a", new byte[31], clock, signer, config));
  }

  private AuditChain chain(AuditConfig config) {
    return new AuditChain("a", new byte[32], clock, SampleTrail.SIGNER, config);
  }

  private static final class BrokenSigner implements Signer {
    @Override
    public String keyId() {
      return "none";
    }

    @Override
    public byte[] sign(byte[] message) {
      throw new IllegalStateException("no key");
    }
  }
}
