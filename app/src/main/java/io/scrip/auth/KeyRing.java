package io.scrip.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, kept fresh. A key that we have is found without waiting; an unknown key
 * id causes a fetch at once, within a budget of its own; while the issuer is away the last good
 * keys serve for a bounded time.
 *
 * <p>Nimbus's caching key source is not used: it meters all fetches together, outside of its
 * tolerance for outages, so that a flood of invented key ids takes away the refresh that the true
 * ones need; its callers queue for one lock while a fetch hangs; and it does not tell which keys
 * have gone.
 */
final class KeyRing implements IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

  private final String issuerName;
  private final KeySource source;
  private final KeysConfig config;
  private final InstantSource clock;
  private final Executor background;
  private final FetchBudget unknownKids;

  private volatile @Nullable KeySet current;
  private volatile boolean away;
  private @Nullable Instant lastAttempt; // guarded by this
  private @Nullable CompletableFuture<Boolean> running; // guarded by this

  KeyRing(
      String issuerName,
      KeySource source,
      KeysConfig config,
      InstantSource clock,
      Executor background) {
    this.issuerName = issuerName;
    this.source = source;
    this.config = config;
    this.clock = clock;
    this.background = background;
    this.unknownKids =
        new FetchBudget(config.unknownKidBurst(), config.unknownKidInterval(), clock.instant());
  }

  @Override
  public String nick() {
    return issuerName;
  }

  @Override
  public Optional<Duration> age() {
    return Optional.ofNullable(current)
        .map(keys -> Duration.between(keys.fetchedAt(), clock.instant()));
  }

  @Override
  public boolean isAway() {
    return away;
  }

  @Override
  public Duration tolerance() {
    return config.outageTolerance();
  }

  /**
   * May wait for a fetch; never call it on an event loop.
   *
   * @throws AuthException.InvalidToken when the issuer publishes no such key
   * @throws AuthException.KeysUnavailable when that cannot be told, because the issuer is away
   */
  PublishedKey get(String keyId) {
    KeySet keys = trusted();
    return keys.find(keyId)
        .or(() -> fetchedFor(keyId, keys))
        .orElseThrow(() -> away ? unavailable() : Refusal.UNKNOWN_KEY.because());
  }

  /**
   * Whether the issuer still publishes this key, as far as we know. Never waits; asks for a refresh
   * when one is due.
   */
  boolean holds(String keyId, PublishedKey key) {
    KeySet keys = current;
    if (keys == null || isOlder(keys, config.outageTolerance()) || isStale(keys)) {
      return false;
    }
    if (isOlder(keys, config.refresh())) {
      refreshWhenDue();
    }
    return keys.find(keyId).filter(key::isSameAs).isPresent();
  }

  /**
   * The keys to go by. Waits when there are none, or when they are so old that a key may have been
   * withdrawn.
   */
  private KeySet trusted() {
    KeySet keys = current;
    if (keys != null && !isOlder(keys, config.refresh())) {
      return keys;
    }
    Optional<CompletableFuture<Boolean>> fetch = refreshWhenDue();
    if (keys == null || isStale(keys)) {
      fetch.ifPresent(CompletableFuture::join);
    }
    KeySet latest = current;
    if (latest == null || isOlder(latest, config.outageTolerance())) {
      throw unavailable();
    }
    return latest;
  }

  private Optional<PublishedKey> fetchedFor(String keyId, KeySet seen) {
    fetchForUnknown(seen).ifPresent(CompletableFuture::join);
    KeySet latest = current;
    return latest == null ? Optional.empty() : latest.find(keyId);
  }

  /**
   * A fetch that already runs is shared and costs nothing: all callers with a newly rotated key
   * wait for it.
   */
  private Optional<CompletableFuture<Boolean>> fetchForUnknown(KeySet seen) {
    CompletableFuture<Boolean> fetch;
    synchronized (this) {
      if (running != null) {
        return Optional.of(running);
      }
      if (!seen.equals(current) || !unknownKids.tryTake(clock.instant())) {
        return Optional.empty();
      }
      fetch = began();
    }
    background.execute(() -> attempt(fetch));
    return Optional.of(fetch);
  }

  private Optional<CompletableFuture<Boolean>> refreshWhenDue() {
    CompletableFuture<Boolean> fetch;
    synchronized (this) {
      if (running != null || !isDue()) {
        return Optional.ofNullable(running);
      }
      fetch = began();
    }
    background.execute(() -> attempt(fetch));
    return Optional.of(fetch);
  }

  private synchronized CompletableFuture<Boolean> began() {
    CompletableFuture<Boolean> fetch = new CompletableFuture<>();
    running = fetch;
    lastAttempt = clock.instant();
    return fetch;
  }

  private synchronized boolean isDue() {
    Instant last = lastAttempt;
    return last == null
        || !Duration.between(last, clock.instant()).abs().minus(config.retry()).isNegative();
  }

  private void attempt(CompletableFuture<Boolean> fetch) {
    boolean fetched = false;
    try {
      Instant now = clock.instant();
      current = KeySet.parse(source.fetch(), now);
      fetched = true;
    } catch (IOException e) {
      failed(e.toString());
    } catch (RuntimeException e) {
      failed(e.getClass().getName()); // its message may quote the token that was to be presented
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finished(fetch, fetched);
    }
  }

  /** Once per outage: it may be tried every few seconds for hours. */
  private void failed(String cause) {
    if (!away) {
      LOG.warn("The keys of issuer {} could not be fetched: {}", issuerName, cause);
    }
  }

  private void finished(CompletableFuture<Boolean> fetch, boolean fetched) {
    if (away && fetched) {
      LOG.info("The keys of issuer {} can be fetched again.", issuerName);
    }
    away = !fetched;
    synchronized (this) {
      running = null;
    }
    fetch.complete(fetched);
  }

  /**
   * So old that a key may have been withdrawn without our noticing, and the issuer is not known to
   * be away.
   */
  private boolean isStale(KeySet keys) {
    return !away && isOlder(keys, config.refresh().plus(config.refresh()));
  }

  private boolean isOlder(KeySet keys, Duration age) {
    return Duration.between(keys.fetchedAt(), clock.instant()).compareTo(age) >= 0;
  }

  private static AuthException.KeysUnavailable unavailable() {
    return new AuthException.KeysUnavailable(
        "The keys of the token's issuer cannot be fetched at the moment.");
  }
}
