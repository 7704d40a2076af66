package io.scrip.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.identity.StartRefused;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/**
 * The key encryption keys: X-Wing pairs in the key table, the private half of each wrapped by the
 * custodian. Whoever has no custodian seals to the public halves and opens nothing.
 *
 * <p>Public half in the table: suite (1 byte), key (1,216). Private half: suite (1 byte), the
 * custodian's envelope around the seed (32), with suite, version and public half as its associated
 * data. A public half is used only where its {@link KekMac} fits: otherwise someone who can write
 * to the table could put one of his own there and read every data key from then on.
 */
final class KeyEncryptionKeys {
  private static final byte[] PURPOSE =
      "scrip key encryption key".getBytes(StandardCharsets.US_ASCII);
  private static final String TABLE = "the key table";

  private final KeyTable table;
  private final Optional<Custody> custody;
  private final KekMac mac;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * Pairs whose private half was unwrapped, by version. Bounded in age, so that a custodian who is
   * away, or has withdrawn the root, is noticed.
   */
  private final Cache<Integer, Pair> opened;

  /**
   * @param custody empty on a plane that opens nothing
   * @param maxOpenedAge for how long an unwrapped private half is used
   */
  KeyEncryptionKeys(
      KeyTable table,
      Optional<Custody> custody,
      KekMac mac,
      Duration maxOpenedAge,
      SecureRandom random,
      InstantSource clock) {
    this.table = table;
    this.custody = custody;
    this.mac = mac;
    this.random = random;
    this.clock = clock;
    this.opened =
        Caffeine.newBuilder()
            .expireAfterWrite(maxOpenedAge)
            .ticker(() -> nanos(clock.instant()))
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .build();
  }

  /**
   * A public half that is ours.
   *
   * @param key the key itself, without its suite byte
   */
  record PublicHalf(int version, byte[] key) {}

  /** A pair whose halves fit. */
  record Pair(int version, AsymmetricCipherKeyPair halves) {
    @Override
    public String toString() {
      return "key encryption key " + version;
    }
  }

  /**
   * Makes the first key where there is none yet and this plane can, and tries the newest.
   *
   * @throws StartRefused when the newest is not ours, or does not open here
   */
  void start() {
    KeyEncryptionKey newest = newest().orElseGet(this::first);
    try {
      mac.verify(newest);
    } catch (CryptoException.WillNotOpen e) {
      throw new StartRefused(
          KeyConfig.DIGEST_ROOTS,
          "key encryption key %d was made with digest root %s and does not verify here"
              .formatted(newest.version(), newest.macRootId()));
    }
    custody.ifPresent(custodian -> tryOut(newest, custodian));
  }

  private void tryOut(KeyEncryptionKey newest, Custody custodian) {
    try {
      open(newest);
    } catch (CryptoException.WillNotOpen e) {
      throw new StartRefused(
          KeyConfig.SEAL_ROOTS,
          "key encryption key %d, wrapped by root %s, does not open under root %s"
              .formatted(newest.version(), newest.rootId(), custodian.rootId()));
    }
  }

  /**
   * The newest of the table as it is now, so that a rotation elsewhere is seen.
   *
   * @throws CryptoException.WillNotOpen when it is not ours
   */
  PublicHalf current() {
    KeyEncryptionKey newest = newest().orElseGet(this::first);
    mac.verify(newest);
    byte[] encoded = newest.publicKey();
    if (encoded.length != 1 + XWing.PUBLIC_KEY_BYTES || encoded[0] != XWing.SUITE) {
      throw new CryptoException.WillNotOpen();
    }
    return new PublicHalf(newest.version(), Arrays.copyOfRange(encoded, 1, encoded.length));
  }

  /**
   * @throws CryptoException.WillNotOpen when there is no such version, or it does not open here
   * @throws CryptoException.KeyServiceUnavailable when the custodian does not answer
   */
  Pair version(int version) {
    Pair known = opened.getIfPresent(version);
    return known != null ? known : open(find(version));
  }

  /** The version after the newest, not yet in the table. */
  KeyEncryptionKey next() {
    return make(newest().map(KeyEncryptionKey::version).orElse(0) + 1);
  }

  /**
   * A version wrapped anew: under the custodian's present root, with the present digest root's MAC.
   */
  KeyEncryptionKey rewrapped(KeyEncryptionKey row) {
    mac.verify(row);
    byte[] seed = unwrap(row);
    try {
      return wrapped(row.version(), row.publicKey(), seed, row.createdAt());
    } finally {
      Wipe.all(seed);
    }
  }

  /** Whether no older root is needed for this version. */
  boolean isUnderPresentRoots(KeyEncryptionKey row) {
    byte[] envelope =
        Arrays.copyOfRange(row.wrappedPrivateKey(), 1, row.wrappedPrivateKey().length);
    return row.macRootId().equals(mac.rootId())
        && Reach.out("the custodian", () -> custodian().covers(envelope));
  }

  private KeyEncryptionKey find(int version) {
    return rows().stream()
        .filter(row -> row.version() == version)
        .findFirst()
        .orElseThrow(CryptoException.WillNotOpen::new);
  }

  private Optional<KeyEncryptionKey> newest() {
    List<KeyEncryptionKey> rows = rows();
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast());
  }

  private List<KeyEncryptionKey> rows() {
    return Reach.out(TABLE, table::keyEncryptionKeys);
  }

  /** Two instances may start at once: the slower one takes what the faster one made. */
  private KeyEncryptionKey first() {
    if (custody.isEmpty()) {
      throw new StartRefused(
          "scrip.plane",
          "a write plane seals to a key that is not there yet; start a read plane on this database first");
    }
    KeyEncryptionKey made = make(1);
    boolean mine = Reach.out(TABLE, () -> table.insert(made));
    return mine
        ? made
        : newest()
            .orElseThrow(
                () -> new CryptoException.KeyServiceUnavailable(TABLE + " is at odds with itself"));
  }

  private KeyEncryptionKey make(int version) {
    byte[] seed = new byte[XWing.SEED_BYTES];
    random.nextBytes(seed);
    try {
      byte[] publicKey = withSuite(XWing.publicKey(XWing.keyPair(seed)));
      return wrapped(version, publicKey, seed, clock.instant());
    } finally {
      Wipe.all(seed);
    }
  }

  private KeyEncryptionKey wrapped(int version, byte[] publicKey, byte[] seed, Instant createdAt) {
    Custody custodian = custodian();
    byte[] wrapped =
        Reach.out("the custodian", () -> custodian.wrap(seed, bound(version, publicKey)));
    return new KeyEncryptionKey(
        version,
        publicKey,
        withSuite(wrapped),
        custodian.rootId(),
        mac.over(version, publicKey),
        mac.rootId(),
        createdAt);
  }

  private Pair open(KeyEncryptionKey row) {
    byte[] seed = unwrap(row);
    try {
      Pair pair = fitting(row, seed);
      opened.put(row.version(), pair);
      return pair;
    } finally {
      Wipe.all(seed);
    }
  }

  private byte[] unwrap(KeyEncryptionKey row) {
    byte[] wrapped = row.wrappedPrivateKey();
    if (row.publicKey().length != 1 + XWing.PUBLIC_KEY_BYTES
        || row.publicKey()[0] != XWing.SUITE
        || wrapped.length == 0
        || wrapped[0] != XWing.SUITE) {
      throw new CryptoException.WillNotOpen();
    }
    byte[] envelope = Arrays.copyOfRange(wrapped, 1, wrapped.length);
    byte[] associatedData = bound(row.version(), row.publicKey());
    return Reach.out("the custodian", () -> custodian().unwrap(envelope, associatedData));
  }

  private Custody custodian() {
    return custody.orElseThrow(CryptoException.WillNotOpen::new);
  }

  private static Pair fitting(KeyEncryptionKey row, byte[] seed) {
    if (seed.length != XWing.SEED_BYTES) {
      throw new CryptoException.WillNotOpen();
    }
    AsymmetricCipherKeyPair halves = XWing.keyPair(seed);
    if (!Arrays.equals(withSuite(XWing.publicKey(halves)), row.publicKey())) {
      throw new CryptoException.WillNotOpen();
    }
    return new Pair(row.version(), halves);
  }

  private static byte[] withSuite(byte[] body) {
    byte[] joined = new byte[1 + body.length];
    joined[0] = XWing.SUITE;
    System.arraycopy(body, 0, joined, 1, body.length);
    return joined;
  }

  private static byte[] bound(int version, byte[] encodedPublicKey) {
    return Framing.of(PURPOSE, Framing.int32(version), encodedPublicKey);
  }

  private static long nanos(Instant now) {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
