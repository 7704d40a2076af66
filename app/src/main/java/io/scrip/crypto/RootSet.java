package io.scrip.crypto;

import io.scrip.identity.StartRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots of one kind, as they are on disk now. The last by name is the current one; the others
 * still open what they once wrapped.
 *
 * <p>The disk is looked at again when somebody asks, at most once a second, and at once for an id
 * that is not known. At the start whatever is wrong is refused. Afterwards the last good set goes
 * on and the complaint is logged, since a mount that is half way through its swap must not take the
 * service down. A root that is gone from the disk opens nothing from then on, and is wiped a little
 * later.
 *
 * <p>Thread-safe.
 */
public final class RootSet {
  private static final Logger LOG = LoggerFactory.getLogger(RootSet.class);

  /** A look is a few system calls; a second is sooner than any operator's next step. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** Longer than any call may take ({@link KeyConfig#timeout()}), so nobody is still using it. */
  private static final Duration UNTIL_WIPED = Duration.ofMinutes(1);

  /** A swap is over within microseconds; whoever is still swapping is caught at the next look. */
  private static final int ATTEMPTS = 3;

  private final RootSource source;
  private final InstantSource clock;
  private final ReentrantLock looking = new ReentrantLock();
  private final ArrayDeque<Gone> gone = new ArrayDeque<>();
  private volatile Known known;
  private volatile Instant nextLook;
  private volatile @Nullable RootSet other;
  private String complaint = "";

  /**
   * @throws StartRefused when the source is not as it must be
   */
  RootSet(RootSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
    this.known = readSteadily();
    this.nextLook = clock.instant().plus(BETWEEN_LOOKS);
  }

  private record Known(List<RootKey> roots, Object appearance) {}

  private record Gone(RootKey root, Instant wipeAt) {}

  /** Roots that never change, the last of them current: for tests and tools. */
  public static RootSet of(RootKey... roots) {
    if (roots.length == 0) {
      throw new IllegalArgumentException("a set of roots holds at least one");
    }
    return new RootSet(RootSource.fixed(List.of(roots)), InstantSource.system());
  }

  /** The current root: what is made from now on is made with it. */
  public RootKey newest() {
    return all().getLast();
  }

  public Optional<RootKey> find(String id) {
    return findIn(all(), id)
        .or(
            () -> {
              look();
              return findIn(known.roots(), id);
            });
  }

  /**
   * @return by file name, the current one last
   */
  public List<RootKey> all() {
    if (!clock.instant().isBefore(nextLook) && looking.tryLock()) {
      try {
        look();
      } finally {
        looking.unlock();
      }
    }
    return known.roots();
  }

  /** Looks at the disk now, and wipes what has been gone for a while. */
  void look() {
    looking.lock();
    try {
      nextLook = clock.instant().plus(BETWEEN_LOOKS);
      wipeGone();
      if (!source.appearance().equals(known.appearance())) {
        replace(readSteadily());
      }
      complaint = "";
    } catch (StartRefused refused) {
      complain(String.valueOf(refused.getMessage()));
    } finally {
      looking.unlock();
    }
  }

  /**
   * From now on no root here may have the bytes of one there.
   *
   * @throws StartRefused when one has already
   */
  void mustDifferFrom(RootSet that) {
    other = that;
    refuseSameBytes(known.roots());
  }

  private Known readSteadily() {
    for (int i = 1; ; i++) {
      Object before = source.appearance();
      List<RootKey> roots = source.read();
      if (i == ATTEMPTS || source.appearance().equals(before)) {
        return new Known(List.copyOf(roots), before);
      }
      roots.forEach(RootKey::wipe);
    }
  }

  private void replace(Known read) {
    List<RootKey> before = known.roots();
    List<RootKey> now = new ArrayList<>();
    try {
      refuseSameBytes(read.roots());
    } catch (StartRefused refused) {
      read.roots().forEach(RootKey::wipe);
      throw refused;
    }
    for (RootKey root : read.roots()) { // whoever holds one that stays may go on holding it
      Optional<RootKey> same = before.stream().filter(root::hasSameBytesAs).findFirst();
      same.ifPresent(kept -> root.wipe());
      now.add(same.orElse(root));
    }
    known = new Known(List.copyOf(now), read.appearance());
    retire(before, now);
    LOG.info("read {} again: {}, the current one last", source, now);
  }

  private void retire(List<RootKey> before, List<RootKey> now) {
    Instant wipeAt = clock.instant().plus(UNTIL_WIPED);
    before.stream()
        .filter(root -> !now.contains(root))
        .forEach(root -> gone.add(new Gone(root, wipeAt)));
  }

  private void wipeGone() {
    Instant now = clock.instant();
    while (!gone.isEmpty() && !gone.getFirst().wipeAt().isAfter(now)) {
      gone.removeFirst().root().wipe();
    }
  }

  private void refuseSameBytes(List<RootKey> mine) {
    RootSet that = other;
    if (that != null
        && mine.stream()
            .anyMatch(root -> that.known.roots().stream().anyMatch(root::hasSameBytesAs))) {
      throw new StartRefused(
          KeyConfig.DIGEST_ROOTS, "holds the same key as " + KeyConfig.SEAL_ROOTS);
    }
  }

  /** Once for each new complaint, and not every second. */
  private void complain(String message) {
    if (!message.equals(complaint)) {
      complaint = message;
      LOG.error("{}; the roots that were read before go on", message);
    }
  }

  private static Optional<RootKey> findIn(List<RootKey> roots, String id) {
    return roots.stream().filter(root -> root.id().equals(id)).findFirst();
  }

  @Override
  public String toString() {
    return "roots " + known.roots();
  }
}
