package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator sees of an issuer's published keys. */
class IssuerKeysTest {
  private final AuthFixture auth = new AuthFixture();
  private final CallerVerifier verifier = auth.verifier();
  private final IssuerKeys keys = verifier.issuerKeys().getFirst();

  @AfterEach
  void stop() {
    auth.close();
  }

  private void call() {
    AuthFixture.outcome(verifier, auth.token().signedBy(TestKeys.FIRST));
  }

  @Test
  void there_is_one_for_each_issuer_by_the_operators_word_for_it() {
    assertThat(verifier.issuerKeys()).extracting(IssuerKeys::nick).containsExactly("main");
  }

  @Test
  void before_the_first_token_there_are_none_and_nobody_is_away() {
    assertThat(keys.age()).isEmpty();
    assertThat(keys.isAway()).isFalse();
    assertThat(auth.provider.fetches()).isZero();
  }

  @Test
  void their_age_counts_from_the_fetch() {
    call();
    auth.clock.advance(Duration.ofMinutes(3));
    assertThat(keys.age()).contains(Duration.ofMinutes(3));
  }

  @Test
  void an_issuer_that_is_away_is_seen_and_so_is_its_return() {
    call();
    auth.provider.isAway();
    auth.clock.advance(Duration.ofMinutes(6));
    call();
    assertThat(keys.isAway()).isTrue();
    assertThat(keys.age()).contains(Duration.ofMinutes(6));
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK());
    auth.clock.advance(Duration.ofMinutes(1));
    call();
    assertThat(keys.isAway()).isFalse();
    assertThat(keys.age()).contains(Duration.ZERO);
  }

  @Test
  void the_tolerance_is_the_configured_one() {
    assertThat(keys.tolerance()).isEqualTo(AuthFixture.KEYS.outageTolerance());
  }
}
