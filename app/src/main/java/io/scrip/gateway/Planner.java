package io.scrip.gateway;

import io.scrip.gateway.Change.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which seat holds which key. Pure: the same seats, keys and time give the same plan, and a
 * plan for what it has itself brought about is empty.
 *
 * <p>A key that is published keeps its seat, or gets one that is free. A key that is no longer
 * published stays for a while, since tokens that it signed live on, and gives its seat to nobody
 * before: should we be shown another tenant's keys by mistake, those that work stay meanwhile. As
 * there is always a published key ({@link PublishedKeys#accepted()}), the last working one is never
 * taken away.
 */
final class Planner {
  private final PublishedKeys published;
  private final Duration retain;
  private final Instant now;

  /** By the seat's name. */
  private final Map<String, Held> targets = new LinkedHashMap<>();

  private final Map<String, Change> changes = new LinkedHashMap<>();
  private final Set<String> seated = new HashSet<>();

  private Planner(PublishedKeys published, Duration retain, Instant now) {
    this.published = published;
    this.retain = retain;
    this.now = now;
  }

  /**
   * @param seats in the order in which new keys are put into those that are free
   * @param retain how long a key stays after it has left the JWK set
   */
  static Plan plan(List<Seat> seats, PublishedKeys published, Duration retain, Instant now) {
    Planner planner = new Planner(published, retain, now);
    seats.forEach(seat -> planner.targets.put(seat.name(), seat.held()));
    // a key that works comes before a broken credential of the same kid
    seats.stream().filter(seat -> !seat.held().isFree()).forEach(planner::settle);
    seats.stream().filter(seat -> seat.held().isFree()).forEach(planner::settle);
    List<VerifyingKey> unseated = planner.seatTheRest(seats);
    seats.forEach(planner::tidy);
    return planner.finished(unseated);
  }

  /** What holds a key, or a kid at least, is decided by that. */
  private void settle(Seat seat) {
    Optional<String> kid = seat.held().kid();
    if (kid.isPresent() && !seated.add(kid.get())) {
      change(seat, new Held.Vacant(), Kind.SEPARATE);
      return;
    }
    Optional<VerifyingKey> key = kid.flatMap(published::find);
    if (key.isPresent()) {
      keep(seat, key.get());
    } else if (seat.held() instanceof Held.Key held
        && !published.kids().contains(held.key().kid())) {
      retire(seat, held);
    }
  }

  private void keep(Seat seat, VerifyingKey key) {
    Held target = new Held.Key(key, Optional.empty());
    switch (seat.held()) {
      case Held.Key held when held.equals(target) -> {}
      case Held.Key held when held.key().isSameAs(key) -> change(seat, target, Kind.RETURN);
      case Held.Key _ -> change(seat, target, Kind.REPLACE);
      case Held.Vacant _, Held.Unusable _ -> change(seat, target, Kind.INSTALL);
    }
  }

  private void retire(Seat seat, Held.Key held) {
    // a time to come is a mistake, and would keep the key for as long as it says
    Instant since = held.withdrawn().filter(time -> !time.isAfter(now)).orElse(now);
    Held target = new Held.Key(held.key(), Optional.of(since));
    if (!since.plus(retain).isAfter(now)) {
      change(seat, new Held.Vacant(), Kind.VACATE);
    } else if (!held.equals(target)) {
      change(seat, target, Kind.WITHDRAW);
    }
  }

  private List<VerifyingKey> seatTheRest(List<Seat> seats) {
    List<VerifyingKey> unseated = new ArrayList<>();
    for (VerifyingKey key : published.accepted()) {
      if (!seated.contains(key.kid())) {
        seats.stream()
            .filter(seat -> target(seat).isFree())
            .findFirst()
            .ifPresentOrElse(
                seat -> change(seat, new Held.Key(key, Optional.empty()), Kind.INSTALL),
                () -> unseated.add(key));
      }
    }
    return unseated;
  }

  /** What is broken and was needed for nothing becomes a seat that is free. */
  private void tidy(Seat seat) {
    if (target(seat) instanceof Held.Unusable unusable) {
      change(seat, new Held.Vacant(), unusable.kid().isPresent() ? Kind.VACATE : Kind.PREPARE);
    }
  }

  private Held target(Seat seat) {
    return targets.getOrDefault(seat.name(), seat.held());
  }

  /** The later decision counts, but a kid that stands twice is parted first in any case. */
  private void change(Seat seat, Held target, Kind kind) {
    Change before = changes.get(seat.name());
    boolean parting = before != null && before.kind() == Kind.SEPARATE;
    targets.put(seat.name(), target);
    changes.put(seat.name(), new Change(seat, target, parting ? Kind.SEPARATE : kind));
  }

  private Plan finished(List<VerifyingKey> unseated) {
    List<Seat> after = new ArrayList<>();
    targets.forEach((name, held) -> after.add(new Seat(name, held)));
    return new Plan(List.copyOf(changes.values()), after, unseated);
  }
}
