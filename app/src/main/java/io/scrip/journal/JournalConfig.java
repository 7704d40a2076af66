package io.scrip.journal;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.scrip.identity.StartRefused;
import java.time.Duration;

/**
 * How the journal groups, under {@code scrip.journal}.
 *
 * @param writers threads that commit groups, each with an audit chain of its own. On PostgreSQL
 *     several groups are under way when many call; H2 has one writer whatever stands here
 * @param capacity entries that may wait; past it a call gets 503 and Retry-After
 * @param maxGroup entries that share one commit at most
 * @param drainTimeout how long a stop waits for what was accepted
 */
@ConfigurationProperties("scrip.journal")
public record JournalConfig(
    @Bindable(defaultValue = "3") int writers,
    @Bindable(defaultValue = "10000") int capacity,
    @Bindable(defaultValue = "500") int maxGroup,
    @Bindable(defaultValue = "PT25S") Duration drainTimeout) {

  public JournalConfig {
    atLeastOne("writers", writers);
    atLeastOne("capacity", capacity);
    atLeastOne("max-group", maxGroup);
    if (!drainTimeout.isPositive()) {
      throw new StartRefused("scrip.journal.drain-timeout", "must be longer than nothing");
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new StartRefused("scrip.journal." + key, "must be at least 1");
    }
  }
}
