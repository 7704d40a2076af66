package io.scrip.crypto;

import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.identity.StartRefused;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/**
 * The key encryption keys: X-Wing pairs in the key table, the private half of each wrapped by the
 * custodian.
 *
 * <p>Public half in the table: suite (1 byte), key (1,216). Private half: suite (1 byte), the
 * custodian's envelope around the seed (32), with suite, version and public half as its associated
 * data. A pair is used only after its private half was unwrapped and found to fit: otherwise
 * someone who can write to the table could put a public half of his own there and read every data
 * key from then on.
 */
final class KeyEncryptionKeys {
  private static final byte[] PURPOSE =
      "scrip key encryption key".getBytes(StandardCharsets.US_ASCII);
  private static final String TABLE = "the key table";

  private final KeyTable table;
  private final Custody custody;
  private final SecureRandom random;
  private final InstantSource clock;

  /** By version. There are as many as there were rotations, a handful. */
  private final ConcurrentHashMap<Integer, Pair> opened = new ConcurrentHashMap<>();

  KeyEncryptionKeys(KeyTable table, Custody custody, SecureRandom random, InstantSource clock) {
    this.table = table;
    this.custody = custody;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A pair whose halves fit.
   *
   * @param publicKey the key itself, without its suite byte
   */
  record Pair(int version, byte[] publicKey, AsymmetricCipherKeyPair halves) {
    @Override
    public String toString() {
      return "key encryption key " + version;
    }
  }

  /**
   * Makes the first key where there is none yet, and opens the newest.
   *
   * @throws StartRefused when the newest does not open under this seal root
   */
  void start() {
    KeyEncryptionKey newest = newest().orElseGet(this::first);
    try {
      open(newest);
    } catch (CryptoException.WillNotOpen e) {
      throw new StartRefused(
          KeyConfig.SEAL_ROOTS,
          "key encryption key %d, wrapped by root %s, does not open under root %s"
              .formatted(newest.version(), newest.rootId(), custody.rootId()));
    }
  }

  /** The newest pair of the table as it is now, so that a rotation elsewhere is seen. */
  Pair current() {
    KeyEncryptionKey newest = newest().orElseGet(this::first);
    Pair known = opened.get(newest.version());
    return known != null && Arrays.equals(encoded(known.publicKey()), newest.publicKey())
        ? known
        : open(newest);
  }

  /**
   * @throws CryptoException.WillNotOpen when there is no such version, or it does not open under
   *     this root
   */
  Pair version(int version) {
    Pair known = opened.get(version);
    return known != null ? known : open(find(version));
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
      byte[] publicKey = encoded(XWing.publicKey(XWing.keyPair(seed)));
      byte[] wrapped = custody.wrap(seed, bound(version, publicKey));
      return new KeyEncryptionKey(
          version, publicKey, withSuite(wrapped), custody.rootId(), clock.instant());
    } finally {
      Wipe.all(seed);
    }
  }

  private Pair open(KeyEncryptionKey row) {
    byte[] wrapped = row.wrappedPrivateKey();
    if (row.publicKey().length != 1 + XWing.PUBLIC_KEY_BYTES
        || row.publicKey()[0] != XWing.SUITE
        || wrapped.length == 0
        || wrapped[0] != XWing.SUITE) {
      throw new CryptoException.WillNotOpen();
    }
    byte[] envelope = Arrays.copyOfRange(wrapped, 1, wrapped.length);
    byte[] associatedData = bound(row.version(), row.publicKey());
    byte[] seed = Reach.out("the custodian", () -> custody.unwrap(envelope, associatedData));
    try {
      Pair pair = fitting(row, seed);
      opened.put(row.version(), pair);
      return pair;
    } finally {
      Wipe.all(seed);
    }
  }

  private static Pair fitting(KeyEncryptionKey row, byte[] seed) {
    if (seed.length != XWing.SEED_BYTES) {
      throw new CryptoException.WillNotOpen();
    }
    AsymmetricCipherKeyPair halves = XWing.keyPair(seed);
    byte[] publicKey = XWing.publicKey(halves);
    if (!Arrays.equals(encoded(publicKey), row.publicKey())) {
      throw new CryptoException.WillNotOpen();
    }
    return new Pair(row.version(), publicKey, halves);
  }

  private static byte[] encoded(byte[] publicKey) {
    return withSuite(publicKey);
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
}
