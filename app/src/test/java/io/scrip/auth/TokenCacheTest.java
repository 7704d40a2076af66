package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Caller;
import io.scrip.identity.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the verifier remembers. Work for other threads is held in a list, so that the test says when
 * it runs.
 */
class TokenCacheTest {
  private final AuthFixture auth = new AuthFixture();
  private final List<Runnable> held = new ArrayList<>();
  private final Executor background = held::add;

  @AfterEach
  void stop() {
    auth.close();
  }

  private CallerVerifier verifier(TokenCacheConfig cache) {
    var trusted =
        new TrustedIssuers(
                AuthFixture.CONFIG, AuthFixture.KEYS, Stage.PRODUCTION, auth.clock, Runnable::run)
            .read(List.of(auth.oauth("RS256")), List.of());
    return new CallerVerifier(
        new TokenVerifier(trusted, AuthFixture.CONFIG, auth.clock), cache, auth.clock, background);
  }

  /** Runs what is held: verifications, and Caffeine's own upkeep. */
  private int runHeld() {
    int before = held.size();
    List<Runnable> now = List.copyOf(held);
    held.clear();
    now.forEach(Runnable::run);
    return before;
  }

  @Test
  void a_burst_of_one_token_is_verified_once() {
    CallerVerifier verifier = verifier(AuthFixture.CACHE);
    String token = auth.token().signedBy(TestKeys.FIRST);
    List<CompletableFuture<Caller>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(verifier.verify(token).toCompletableFuture());
    }
    assertThat(calls).noneMatch(CompletableFuture::isDone);
    assertThat(runHeld()).isEqualTo(1);
    assertThat(calls).allMatch(call -> call.join().actor().subject().equals("shop@clients"));
  }

  @Test
  void a_remembered_token_is_answered_at_once() {
    CallerVerifier verifier = verifier(AuthFixture.CACHE);
    String token = auth.token().signedBy(TestKeys.FIRST);
    verifier.verify(token);
    runHeld();
    runHeld();
    assertThat(verifier.verify(token).toCompletableFuture()).isCompleted();
  }

  @Test
  void a_token_is_not_remembered_past_its_expiry() {
    CallerVerifier verifier = verifier(new TokenCacheConfig(100, Duration.ofHours(1)));
    String token =
        auth.token()
            .claim("exp", auth.clock.instant().getEpochSecond() + 20)
            .signedBy(TestKeys.FIRST);
    verifier.verify(token);
    runHeld();
    runHeld();
    auth.clock.advance(Duration.ofSeconds(19));
    assertThat(verifier.verify(token).toCompletableFuture()).isCompleted();
    auth.clock.advance(Duration.ofSeconds(1));
    assertThat(verifier.verify(token).toCompletableFuture()).isNotDone();
    runHeld();
    auth.clock.advance(Duration.ofSeconds(30));
    CompletableFuture<Caller> late = verifier.verify(token).toCompletableFuture();
    runHeld();
    assertThat(late).isCompletedExceptionally();
  }

  @Test
  void a_token_is_not_remembered_past_the_maximum_age() {
    CallerVerifier verifier = verifier(AuthFixture.CACHE);
    String token = auth.token().signedBy(TestKeys.FIRST);
    verifier.verify(token);
    runHeld();
    runHeld();
    auth.clock.advance(Duration.ofSeconds(60));
    assertThat(verifier.verify(token).toCompletableFuture()).isNotDone();
  }

  @Test
  void a_failure_is_not_remembered() {
    CallerVerifier verifier = verifier(AuthFixture.CACHE);
    String token = auth.token().signedBy(TestKeys.FIRST);
    auth.provider.isAway();
    CompletableFuture<Caller> early = verifier.verify(token).toCompletableFuture();
    runHeld();
    assertThat(early).isCompletedExceptionally();
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK());
    auth.clock.advance(Duration.ofSeconds(2));
    CompletableFuture<Caller> later = verifier.verify(token).toCompletableFuture();
    runHeld();
    assertThat(later).isCompleted();
  }

  @Test
  void a_caller_who_gives_up_does_not_spoil_it_for_the_others() {
    CallerVerifier verifier = verifier(AuthFixture.CACHE);
    String token = auth.token().signedBy(TestKeys.FIRST);
    CompletableFuture<Caller> impatient = verifier.verify(token).toCompletableFuture();
    CompletableFuture<Caller> patient = verifier.verify(token).toCompletableFuture();
    impatient.cancel(true);
    runHeld();
    assertThat(patient)
        .isCompletedWithValueMatching(caller -> caller.actor().client().equals("shop"));
  }

  @Test
  void other_tokens_of_the_same_caller_are_other_entries() {
    CallerVerifier verifier = verifier(AuthFixture.CACHE);
    verifier.verify(auth.token().signedBy(TestKeys.FIRST));
    runHeld();
    runHeld();
    String more = auth.token().claim("scope", "detokenize").signedBy(TestKeys.FIRST);
    CompletableFuture<Caller> other = verifier.verify(more).toCompletableFuture();
    assertThat(other).isNotDone();
    runHeld();
    assertThat(other.join().grants()).containsExactly("detokenize");
  }

  @Test
  void at_most_the_configured_number_is_remembered() {
    CallerVerifier verifier = verifier(new TokenCacheConfig(2, Duration.ofHours(1)));
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tokens.add(auth.token().claim("n", i).signedBy(TestKeys.FIRST));
      verifier.verify(tokens.getLast());
      runHeld();
      runHeld();
    }
    long remembered =
        tokens.stream()
            .filter(token -> verifier.verify(token).toCompletableFuture().isDone())
            .count();
    assertThat(remembered).isBetween(1L, 2L);
  }
}
