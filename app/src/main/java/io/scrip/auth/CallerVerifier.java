package io.scrip.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scrip.identity.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Turns a bearer token into a verified caller. A token that was verified lately is answered from
 * memory, in about a microsecond; any other is verified on a virtual thread, once, however many
 * calls bring it at the same moment. What failed is not remembered.
 *
 * <p>A remembered token is let go at its {@code exp}, at the maximum age, and as soon as its
 * issuer's keys no longer hold the key that signed it.
 */
public final class CallerVerifier {
  private final TokenVerifier verifier;
  private final InstantSource clock;
  private final Executor background;
  private final Cache<Fingerprint, VerifiedToken> verified;
  private final ConcurrentMap<Fingerprint, CompletableFuture<Caller>> underway =
      new ConcurrentHashMap<>();

  CallerVerifier(
      TokenVerifier verifier, TokenCacheConfig config, InstantSource clock, Executor background) {
    this.verifier = verifier;
    this.clock = clock;
    this.background = background;
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(config.maxSize())
            .expireAfterWrite(config.maxAge())
            .ticker(() -> nanos(clock))
            .executor(background)
            .build();
  }

  /**
   * Never waits, so an event loop may call it.
   *
   * @param bearerToken what stood after {@code Bearer } in the one Authorization header
   * @return completed at once when the token was verified before; completes exceptionally with an
   *     {@link AuthException}. It may complete on another thread than the caller's
   */
  public CompletionStage<Caller> verify(String bearerToken) {
    try {
      verifier.requireReadable(bearerToken);
    } catch (AuthException e) {
      return CompletableFuture.failedStage(e);
    }
    Fingerprint fingerprint = Fingerprint.of(bearerToken);
    return remembered(fingerprint)
        .map(CompletableFuture::completedStage)
        .orElseGet(() -> begun(fingerprint, bearerToken).minimalCompletionStage());
  }

  /** One for each issuer that is trusted. */
  public List<IssuerKeys> issuerKeys() {
    return verifier.issuerKeys();
  }

  private Optional<Caller> remembered(Fingerprint fingerprint) {
    return Optional.ofNullable(verified.getIfPresent(fingerprint))
        .filter(token -> token.stands(clock.instant()))
        .map(VerifiedToken::caller);
  }

  private CompletableFuture<Caller> begun(Fingerprint fingerprint, String bearerToken) {
    CompletableFuture<Caller> mine = new CompletableFuture<>();
    CompletableFuture<Caller> others = underway.putIfAbsent(fingerprint, mine);
    if (others != null) {
      return others;
    }
    background.execute(() -> complete(mine, fingerprint, bearerToken));
    return mine;
  }

  /**
   * Looks into memory once more: another call may have verified the token between our look and our
   * start.
   */
  private void complete(
      CompletableFuture<Caller> result, Fingerprint fingerprint, String bearerToken) {
    try {
      Caller caller =
          remembered(fingerprint).orElseGet(() -> verifyAndRemember(fingerprint, bearerToken));
      underway.remove(fingerprint);
      result.complete(caller);
    } catch (Throwable e) { // whatever it was, nobody may wait for ever
      underway.remove(fingerprint);
      result.completeExceptionally(e);
    }
  }

  private Caller verifyAndRemember(Fingerprint fingerprint, String bearerToken) {
    VerifiedToken token = verifier.verify(bearerToken);
    verified.put(fingerprint, token);
    return token.caller();
  }

  private static long nanos(InstantSource clock) {
    var now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
