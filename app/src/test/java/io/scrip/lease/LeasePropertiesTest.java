package io.scrip.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws over generated instants and durations. */
class LeasePropertiesTest {
  private static final int ROUNDS = 2_000;
  private static final Optional<Duration> NONE = Optional.empty();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void what_is_asked_within_bounds_is_granted_to_the_microsecond(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Instant now = instant(random);
      Duration max = ttl(random, LeaseTerms.LONGEST);
      Duration asked = ttl(random, max);
      Lease lease = Lease.issue(now, Optional.of(asked), new LeaseTerms(NONE, Optional.of(max)));
      assertThat(lease.createdAt())
          .as("seed %d", seed)
          .isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
      assertThat(lease.expiresAt())
          .as("seed %d", seed)
          .contains(now.plus(asked).truncatedTo(ChronoUnit.MICROS));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void no_lease_is_longer_than_its_terms(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Duration max = ttl(random, LeaseTerms.LONGEST);
      Optional<Duration> byDefault = random.nextBoolean() ? Optional.of(ttl(random, max)) : NONE;
      Instant now = instant(random);
      Lease lease = Lease.issue(now, NONE, new LeaseTerms(byDefault, Optional.of(max)));
      assertThat(lease.expiresAt()).as("seed %d", seed).isPresent();
      assertThat(lease.expiresAt().orElseThrow())
          .as("seed %d", seed)
          .isBeforeOrEqualTo(now.plus(max));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void what_is_asked_beyond_bounds_is_refused_and_not_shortened(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Duration max = ttl(random, LeaseTerms.LONGEST.minusDays(1));
      Duration over = max.plusNanos(1 + random.nextLong(Duration.ofDays(1).toNanos()));
      LeaseTerms terms = new LeaseTerms(NONE, Optional.of(max));
      assertThatExceptionOfType(LeaseException.class)
          .as("seed %d, %s over %s", seed, over, max)
          .isThrownBy(() -> Lease.issue(instant(random), Optional.of(over), terms))
          .withMessageContaining(max.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11})
  void a_renewal_counts_from_now_and_not_from_the_old_end(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Duration ttl = ttl(random, LeaseTerms.LONGEST);
      LeaseTerms terms = new LeaseTerms(Optional.of(ttl), NONE);
      Instant first = instant(random);
      Instant later = first.plus(ttl(random, Duration.ofDays(1_000)));
      assertThat(Lease.issue(later, NONE, terms).expiresAt())
          .as("seed %d", seed)
          .contains(later.plus(ttl).truncatedTo(ChronoUnit.MICROS));
    }
  }

  /** Between 1970 and 2500, to the nanosecond. */
  private static Instant instant(Random random) {
    return Instant.ofEpochSecond(random.nextLong(16_725_225_600L), random.nextInt(1_000_000_000));
  }

  private static Duration ttl(Random random, Duration max) {
    long spread = max.minus(LeaseTerms.SHORTEST).toSeconds() + 1;
    Duration ttl =
        LeaseTerms.SHORTEST
            .plusSeconds(random.nextLong(spread))
            .plusNanos(random.nextInt(1_000_000_000));
    return ttl.compareTo(max) > 0 ? max : ttl;
  }
}
