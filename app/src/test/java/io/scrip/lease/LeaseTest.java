package io.scrip.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds, and which of the three durations counts. */
class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123456789Z");
  private static final Duration MAX = Duration.ofDays(30);
  private static final Optional<Duration> NONE = Optional.empty();

  @Test
  void without_terms_and_wishes_a_token_lives_until_revoked() {
    assertThat(Lease.issue(NOW, NONE, LeaseTerms.UNBOUNDED).expiresAt()).isEmpty();
  }

  @Test
  void the_wish_goes_before_the_default_and_the_default_before_the_longest() {
    Optional<Duration> hour = Optional.of(Duration.ofHours(1));
    Optional<Duration> minute = Optional.of(Duration.ofMinutes(1));
    LeaseTerms terms = new LeaseTerms(hour, Optional.of(MAX));
    assertThat(Lease.issue(NOW, minute, terms).expiresAt())
        .contains(at("2026-11-21T08:01:00.123456Z"));
    assertThat(Lease.issue(NOW, NONE, terms).expiresAt())
        .contains(at("2026-11-21T09:00:00.123456Z"));
    assertThat(Lease.issue(NOW, NONE, new LeaseTerms(NONE, Optional.of(MAX))).expiresAt())
        .contains(at("2026-12-21T08:00:00.123456Z"));
  }

  @Test
  void both_ends_are_cut_to_microseconds_because_no_database_keeps_more() {
    Lease lease = new Lease(NOW, Optional.of(NOW.plusNanos(999)));
    assertThat(lease.createdAt()).isEqualTo(at("2026-11-21T08:00:00.123456Z"));
    assertThat(lease.expiresAt()).contains(at("2026-11-21T08:00:00.123457Z"));
  }

  @Test
  void instants_before_1970_are_cut_downwards_too() {
    assertThat(new Lease(at("1969-12-31T23:59:59.9999999Z"), Optional.empty()).createdAt())
        .isEqualTo(at("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void the_bounds_themselves_are_allowed() {
    LeaseTerms unbounded = LeaseTerms.UNBOUNDED;
    assertThat(Lease.issue(NOW, Optional.of(LeaseTerms.SHORTEST), unbounded).expiresAt())
        .isPresent();
    assertThat(Lease.issue(NOW, Optional.of(LeaseTerms.LONGEST), unbounded).expiresAt())
        .isPresent();
    LeaseTerms bounded = new LeaseTerms(NONE, Optional.of(MAX));
    assertThat(Lease.issue(NOW, Optional.of(MAX), bounded).expiresAt()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT0S", "PT-1S", "PT0.999999999S", "PT-2562047788015215H-30M-8S", "-P30D"})
  void less_than_a_second_is_a_mistake_in_the_unit(String ttl) {
    refused(Optional.of(Duration.parse(ttl)), LeaseTerms.UNBOUNDED, "PT1S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT876000H0.000000001S", "P36501D", "PT2562047788015215H30M7.999999999S"})
  void more_than_a_hundred_years_is_refused_and_never_overflows(String ttl) {
    refused(Optional.of(Duration.parse(ttl)), LeaseTerms.UNBOUNDED, "PT876000H");
  }

  @Test
  void a_nanosecond_more_than_the_template_allows_is_refused() {
    refused(Optional.of(MAX.plusNanos(1)), new LeaseTerms(NONE, Optional.of(MAX)), "PT720H");
  }

  @Test
  void terms_that_contradict_themselves_or_the_bounds_cannot_be_written() {
    termsRefused(Optional.of(MAX.plusSeconds(1)), Optional.of(MAX));
    termsRefused(Optional.of(Duration.ZERO), NONE);
    termsRefused(NONE, Optional.of(Duration.ofMillis(999)));
    termsRefused(NONE, Optional.of(LeaseTerms.LONGEST.plusNanos(1)));
    termsRefused(Optional.of(LeaseTerms.LONGEST.plusNanos(1)), NONE);
  }

  private static void refused(Optional<Duration> asked, LeaseTerms terms, String bound) {
    assertThatExceptionOfType(LeaseException.class)
        .isThrownBy(() -> Lease.issue(NOW, asked, terms))
        .withMessageContaining(bound);
  }

  private static void termsRefused(Optional<Duration> byDefault, Optional<Duration> max) {
    assertThatExceptionOfType(LeaseException.class)
        .isThrownBy(() -> new LeaseTerms(byDefault, max));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
