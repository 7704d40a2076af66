package io.scrip.vault;

import io.scrip.identity.Actor;
import io.scrip.identity.Call;
import io.scrip.identity.Caller;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import io.scrip.policy.Permission;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates keys that have grown old, and starts the job that brings the rest under the new one. Safe
 * on several instances at a time: of two that rotate at once, one makes the version and the other
 * finds it made.
 */
@Singleton
final class RotationSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(RotationSchedule.class);
  private static final String SELF = "scrip";

  private final Rotator rotator;
  private final KeyReader reader;
  private final RotationConfig config;
  private final InstantSource clock;

  RotationSchedule(Rotator rotator, KeyReader reader, RotationConfig config, InstantSource clock) {
    this.rotator = rotator;
    this.reader = reader;
    this.config = config;
    this.clock = clock;
  }

  /** One look. */
  void run() {
    KeyInventory keys = reader.keys(call()).join();
    if (isOld(config.kekEvery(), keys.keks().getLast().createdAt())) {
      rotate(KeyKind.KEK, RekeyKind.REWRAP);
    }
    if (isOld(config.digestEvery(), keys.digests().getLast().createdAt())) {
      rotate(KeyKind.DIGEST, RekeyKind.REDIGEST);
    }
  }

  private boolean isOld(Duration every, Instant createdAt) {
    return !every.isZero() && !clock.instant().isBefore(createdAt.plus(every));
  }

  private void rotate(KeyKind kind, RekeyKind job) {
    Rotator.Rotated made = rotator.rotate(call(), kind).join();
    LOG.info("Rotated by schedule: {} {}.", made.kind().word(), made.version());
    try {
      rotator.rekey(call(), job).join();
    } catch (CompletionException failed) {
      if (!(failed.getCause() instanceof VaultException.RekeyRunning)) {
        throw failed;
      }
      LOG.warn("A re-key job runs already; start {} when it has ended.", job.word());
    }
  }

  private static Call call() {
    Set<String> grants = Set.of(Permission.READ_KEYS.word(), Permission.ROTATE_KEYS.word());
    Actor schedule = new Actor(SELF, "schedule", SELF);
    return new Call(new Caller(schedule, TenantId.DEFAULT, grants), RequestId.random());
  }
}
