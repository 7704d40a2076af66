package io.scrip.crypto;

import io.scrip.crypto.KeyEncryptionKeys.Pair;
import io.scrip.crypto.KeyEncryptionKeys.PublicHalf;
import io.scrip.crypto.KeyTable.SealedDataKey;
import io.scrip.crypto.KeyTable.StoredDataKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Makes data keys and opens those that others made.
 *
 * <p>A data key is 256 random bits, sealed by HPKE to the public half of the newest key encryption
 * key; purpose, version of that key, use and node are bound to it. It is in the key table, durably,
 * before anything is sealed under it.
 *
 * <p>A key of one subject is sealed together with that subject: 32 bytes of key, then the subject
 * in UTF-8, at least one byte. So whoever may open the key can tell whose it is, and nobody else.
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
  DataKey make(DataKeyUse use, Optional<DataSubject> subject) {
    PublicHalf kek = newest();
    byte[] key = new byte[Aes.KEY_BYTES];
    random.nextBytes(key);
    try {
      byte[] sealed = seal(kek, use, node, key, subject.map(DataSubject::text));
      var row =
          new SealedDataKey(
              kek.version(), use, subject.map(DataSubject::label), node, sealed, clock.instant());
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
    byte[] opened = open(row);
    try {
      return new DataKey(id, row.use(), Arrays.copyOf(opened, Aes.KEY_BYTES));
    } finally {
      Wipe.all(opened);
    }
  }

  /**
   * Whose key this is, in the words of whoever named the subject.
   *
   * @throws CryptoException.WillNotOpen when it is no subject's, or does not open
   */
  String subject(StoredDataKey row) {
    if (row.key().use() != DataKeyUse.SUBJECT) {
      throw new CryptoException.WillNotOpen();
    }
    byte[] opened = open(row.key());
    try {
      return new String(
          opened, Aes.KEY_BYTES, opened.length - Aes.KEY_BYTES, StandardCharsets.UTF_8);
    } finally {
      Wipe.all(opened);
    }
  }

  /** Those of these keys that are still in the table. */
  Set<Long> present(Collection<Long> ids) {
    return Reach.out(TABLE, () -> table.present(ids));
  }

  /**
   * Seals a key that is there already to the newest key encryption key. What it has sealed is not
   * touched.
   *
   * @return false when it was gone, or another instance was faster
   */
  boolean rewrap(StoredDataKey row) {
    PublicHalf kek = newest();
    byte[] opened = open(row.key());
    try {
      byte[] sealed = seal(kek, row.key().use(), row.key().node(), opened);
      return Reach.out(TABLE, () -> table.rewrap(row, kek.version(), sealed));
    } finally {
      Wipe.all(opened);
    }
  }

  private byte[] seal(
      PublicHalf kek, DataKeyUse use, String owner, byte[] key, Optional<String> subject) {
    byte[] text = subject.orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(key, Aes.KEY_BYTES + text.length);
    System.arraycopy(text, 0, both, Aes.KEY_BYTES, text.length);
    try {
      return seal(kek, use, owner, both);
    } finally {
      Wipe.all(both);
    }
  }

  private byte[] seal(PublicHalf kek, DataKeyUse use, String owner, byte[] key) {
    return XWing.seal(kek.key(), info(kek.version(), use), Framing.text(owner), key, random);
  }

  private byte[] open(SealedDataKey row) {
    Pair kek = keyEncryptionKeys.version(row.kekVersion());
    byte[] info = info(kek.version(), row.use());
    byte[] key = XWing.open(kek.halves(), info, Framing.text(row.node()), row.sealed());
    boolean fits =
        row.use() == DataKeyUse.SUBJECT ? key.length > Aes.KEY_BYTES : key.length == Aes.KEY_BYTES;
    if (!fits) {
      Wipe.all(key);
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
