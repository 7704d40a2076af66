package io.scrip.crypto;

import io.scrip.crypto.KeyEncryptionKeys.Pair;
import io.scrip.crypto.KeyEncryptionKeys.PublicHalf;
import io.scrip.crypto.KeyTable.SealedDataKey;
import io.scrip.crypto.KeyTable.StoredDataKey;
import io.scrip.crypto.KeyTable.Subject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes data keys and opens those that others made.
 *
 * <p>A data key is 256 random bits, sealed by HPKE to the public half of the newest key encryption
 * key; purpose, version of that key, use and node are bound to it. It is in the key table, durably,
 * before anything is sealed under it.
 */
final class DataKeys {
  private static final byte[] PURPOSE = "scrip data key".getBytes(StandardCharsets.US_ASCII);
  private static final String TABLE = "the key table";

  private final KeyTable table;
  private final KeyEncryptionKeys keyEncryptionKeys;
  private final String node;
  private final SecureRandom random;
  private final InstantSource clock;

  DataKeys(
      KeyTable table,
      KeyEncryptionKeys keyEncryptionKeys,
      String node,
      SecureRandom random,
      InstantSource clock) {
    this.table = table;
    this.keyEncryptionKeys = keyEncryptionKeys;
    this.node = node;
    this.random = random;
    this.clock = clock;
  }

  /**
   * @param subject for a key of one subject
   * @return a key that nobody has used; the caller is its first holder
   * @throws CryptoException.KeyServiceUnavailable when it could not be sealed or kept
   */
  DataKey make(DataKeyUse use, Optional<Subject> subject) {
    PublicHalf kek = newest();
    byte[] key = new byte[Aes.KEY_BYTES];
    random.nextBytes(key);
    byte[] sealed = seal(kek, use, node, key);
    var row = new SealedDataKey(kek.version(), use, subject, node, sealed, clock.instant());
    try {
      return new DataKey(Reach.out(TABLE, () -> table.insert(row)), use, key);
    } catch (RuntimeException e) {
      Wipe.all(key);
      throw e;
    }
  }

  /**
   * @return the key; the caller is its first holder
   * @throws CryptoException.WillNotOpen when there is no such key, or it does not open
   */
  DataKey find(long id) {
    SealedDataKey row =
        Reach.out(TABLE, () -> table.findDataKey(id)).orElseThrow(CryptoException.WillNotOpen::new);
    return new DataKey(id, row.use(), open(row));
  }

  /**
   * Seals a key that is there already to the newest key encryption key. What it has sealed is not
   * touched.
   *
   * @return false when it was gone, or another instance was faster
   */
  boolean rewrap(StoredDataKey row) {
    PublicHalf kek = newest();
    byte[] key = open(row.key());
    try {
      byte[] sealed = seal(kek, row.key().use(), row.key().node(), key);
      return Reach.out(TABLE, () -> table.rewrap(row, kek.version(), sealed));
    } finally {
      Wipe.all(key);
    }
  }

  private byte[] seal(PublicHalf kek, DataKeyUse use, String owner, byte[] key) {
    return XWing.seal(kek.key(), info(kek.version(), use), Framing.text(owner), key, random);
  }

  private byte[] open(SealedDataKey row) {
    Pair kek = keyEncryptionKeys.version(row.kekVersion());
    byte[] info = info(kek.version(), row.use());
    byte[] key = XWing.open(kek.halves(), info, Framing.text(row.node()), row.sealed());
    if (key.length != Aes.KEY_BYTES) {
      throw new CryptoException.WillNotOpen();
    }
    return key;
  }

  /**
   * Someone tampered with the newest key encryption key, or lost its root: nothing may be sealed to
   * it.
   */
  private PublicHalf newest() {
    try {
      return keyEncryptionKeys.current();
    } catch (CryptoException.WillNotOpen e) {
      throw new CryptoException.KeyServiceUnavailable(
          "the newest key encryption key does not verify", e);
    }
  }

  private static byte[] info(int kekVersion, DataKeyUse use) {
    return Framing.of(PURPOSE, Framing.int32(kekVersion), use.bytes());
  }
}
