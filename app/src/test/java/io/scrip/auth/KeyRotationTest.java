package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that come, go and cannot be had, seen through the verifier. */
class KeyRotationTest {
  private final AuthFixture auth = new AuthFixture();

  @AfterEach
  void stop() {
    auth.close();
  }

  private String first() {
    return auth.token().signedBy(TestKeys.FIRST);
  }

  private String second() {
    return auth.token().header("kid", "second").signedBy(TestKeys.SECOND);
  }

  @Test
  void a_new_key_is_fetched_at_once_and_for_all_that_follow() {
    CallerVerifier verifier = auth.verifier();
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK(), TestKeys.SECOND.toPublicJWK());
    assertThat(AuthFixture.outcome(verifier, second())).isEqualTo("accepted");
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
    assertThat(auth.provider.fetches()).isEqualTo(2);
  }

  @Test
  void a_withdrawn_key_stops_working_though_the_token_is_remembered() {
    CallerVerifier verifier =
        auth.verifier(
            auth.oauth("RS256"), new TokenCacheConfig(100, Duration.ofHours(1)), Runnable::run);
    String token = first();
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("accepted");
    auth.provider.publishes(TestKeys.SECOND.toPublicJWK());
    auth.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("accepted");
    auth.clock.advance(Duration.ofSeconds(1));
    AuthFixture.outcome(verifier, token); // is served still, and causes the refresh
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("unknown-key");
  }

  @Test
  void a_replaced_key_under_the_same_id_stops_working_though_the_token_is_remembered() {
    CallerVerifier verifier =
        auth.verifier(
            auth.oauth("RS256"), new TokenCacheConfig(100, Duration.ofHours(1)), Runnable::run);
    String token = first();
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("accepted");
    auth.provider.publishes(TestKeys.rsa("first", 2048).toPublicJWK());
    auth.clock.advance(
        Duration.ofMinutes(10)); // so old that not even this call is served from memory
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("signature");
  }

  @Test
  void after_a_long_silence_old_keys_are_not_trusted_before_a_look() {
    CallerVerifier verifier = auth.verifier();
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
    auth.provider.publishes(TestKeys.SECOND.toPublicJWK());
    auth.clock.advance(Duration.ofHours(2));
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("unknown-key");
  }

  @Test
  void ten_thousand_unknown_key_ids_cause_a_handful_of_fetches_and_lock_nobody_out() {
    CallerVerifier verifier =
        auth.verifier(auth.oauth("RS256"), AuthFixture.NO_CACHE, Runnable::run);
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
    for (int i = 0; i < 10_000; i++) {
      assertThat(
              AuthFixture.outcome(
                  verifier,
                  auth.token().header("kid", "k" + i).claim("sub", "s").signedWith("AAAA")))
          .isEqualTo("unknown-key");
    }
    assertThat(auth.provider.fetches()).isEqualTo(1 + 3);
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
    auth.clock.advance(Duration.ofMinutes(5)); // the flood has not used up the refresh
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK(), TestKeys.SECOND.toPublicJWK());
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
    assertThat(AuthFixture.outcome(verifier, second())).isEqualTo("accepted");
  }

  @Test
  void the_budget_for_unknown_key_ids_comes_back_with_time() {
    CallerVerifier verifier = auth.verifier();
    for (int i = 0; i < 20; i++) {
      AuthFixture.outcome(verifier, auth.token().header("kid", "k" + i).signedWith("AAAA"));
    }
    int spent = auth.provider.fetches();
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK(), TestKeys.SECOND.toPublicJWK());
    assertThat(AuthFixture.outcome(verifier, second())).isEqualTo("unknown-key");
    auth.clock.advance(Duration.ofSeconds(10));
    assertThat(AuthFixture.outcome(verifier, second())).isEqualTo("accepted");
    assertThat(auth.provider.fetches()).isEqualTo(spent + 1);
  }

  @Test
  void while_the_provider_is_away_the_last_good_keys_serve() {
    CallerVerifier verifier = auth.verifier();
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
    auth.provider.isAway();
    for (int minutes = 0; minutes < 360; minutes += 10) {
      assertThat(AuthFixture.outcome(verifier, first()))
          .as("after %d minutes", minutes)
          .isEqualTo("accepted");
      auth.clock.advance(Duration.ofMinutes(10));
    }
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("keys-unavailable");
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK());
    auth.clock.advance(Duration.ofSeconds(2));
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
  }

  @Test
  void a_remembered_token_does_not_outlive_the_tolerance_for_outages() {
    CallerVerifier verifier =
        auth.verifier(
            auth.oauth("RS256"), new TokenCacheConfig(100, Duration.ofHours(1)), Runnable::run);
    AuthFixture.verify(verifier, first());
    auth.provider.isAway();
    auth.clock.advance(Duration.ofHours(6).minusMinutes(30));
    String token = first();
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("accepted");
    auth.clock.advance(Duration.ofMinutes(30));
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("keys-unavailable");
  }

  @Test
  void keys_that_were_never_had_are_unavailable_not_wrong() {
    auth.provider.isAway();
    CallerVerifier verifier = auth.verifier();
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("keys-unavailable");
  }

  @Test
  void an_unknown_key_cannot_be_judged_while_the_provider_is_away() {
    CallerVerifier verifier = auth.verifier();
    AuthFixture.verify(verifier, first());
    auth.provider.isAway();
    assertThat(AuthFixture.outcome(verifier, second())).isEqualTo("keys-unavailable");
    assertThat(AuthFixture.outcome(verifier, first())).isEqualTo("accepted");
  }

  @Test
  void attempts_are_spaced_while_the_provider_is_away() {
    auth.provider.isAway();
    CallerVerifier verifier = auth.verifier();
    for (int i = 0; i < 1_000; i++) {
      AuthFixture.outcome(verifier, auth.token().claim("n", i).signedWith("AAAA"));
    }
    assertThat(auth.provider.fetches()).isEqualTo(1);
    auth.clock.advance(Duration.ofSeconds(2));
    AuthFixture.outcome(verifier, first());
    assertThat(auth.provider.fetches()).isEqualTo(2);
  }

  @Test
  void a_refresh_keeps_nobody_waiting() throws Exception {
    Executor threads = task -> Thread.ofVirtual().start(task);
    CallerVerifier verifier = auth.verifier(auth.oauth("RS256"), AuthFixture.CACHE, threads);
    AuthFixture.verify(verifier, first());
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    auth.provider.is(
        exchange -> {
          asked.countDown();
          awaitOn(release);
          TestProvider.publishing(TestKeys.FIRST.toPublicJWK()).answer(exchange);
        });
    auth.clock.advance(Duration.ofMinutes(6));
    assertThat(AuthFixture.outcome(verifier, first()))
        .isEqualTo("accepted"); // while the fetch hangs
    asked.await();
    assertThat(release.getCount()).isOne();
    release.countDown();
  }

  @Test
  void callers_with_a_new_key_share_one_fetch_and_none_is_turned_away() {
    Executor threads = task -> Thread.ofVirtual().start(task);
    CallerVerifier verifier = auth.verifier(auth.oauth("RS256"), AuthFixture.NO_CACHE, threads);
    AuthFixture.verify(verifier, first());
    CountDownLatch release = new CountDownLatch(1);
    auth.provider.is(
        exchange -> {
          awaitOn(release);
          TestProvider.publishing(TestKeys.SECOND.toPublicJWK()).answer(exchange);
        });
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String token = auth.token().header("kid", "second").claim("n", i).signedBy(TestKeys.SECOND);
      calls.add(verifier.verify(token).toCompletableFuture());
    }
    release.countDown();
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    assertThat(auth.provider.fetches()).isEqualTo(2);
  }

  private static void awaitOn(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
