package io.scrip.audit;

import io.micronaut.context.annotation.ConfigurationInject;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.scrip.identity.StartRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a chain's head is signed, whichever comes first: after {@code
 * scrip.audit.checkpoint-events} events (10,000) or {@code scrip.audit.checkpoint-interval} (1
 * minute). What an intruder can rewrite in the database unseen is what came after the last one that
 * left the machine. A signature takes most of a millisecond, so one for every thousand events would
 * be a tenth of a writer's work under full load, where ten thousand are written within a second.
 */
@ConfigurationProperties("scrip.audit")
public final class AuditConfig {
  private static final int DEFAULT_EVENTS = 10_000;
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  private final int checkpointEvents;
  private final Duration checkpointInterval;

  /**
   * @throws StartRefused when one of the two is not positive
   */
  @ConfigurationInject
  public AuditConfig(@Nullable Integer checkpointEvents, @Nullable Duration checkpointInterval) {
    this.checkpointEvents = checkpointEvents == null ? DEFAULT_EVENTS : checkpointEvents;
    this.checkpointInterval = checkpointInterval == null ? DEFAULT_INTERVAL : checkpointInterval;
    if (this.checkpointEvents < 1) {
      throw new StartRefused("scrip.audit.checkpoint-events", "must be 1 or more");
    }
    if (!this.checkpointInterval.isPositive()) {
      throw new StartRefused(
          "scrip.audit.checkpoint-interval", "must be longer than nothing, such as 1m");
    }
  }

  public static AuditConfig defaults() {
    return new AuditConfig(DEFAULT_EVENTS, DEFAULT_INTERVAL);
  }

  public int checkpointEvents() {
    return checkpointEvents;
  }

  public Duration checkpointInterval() {
    return checkpointInterval;
  }
}
