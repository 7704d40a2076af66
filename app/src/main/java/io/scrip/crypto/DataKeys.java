package io.scrip.crypto;

import io.scrip.crypto.KeyEncryptionKeys.Pair;
import io.scrip.crypto.KeyTable.SealedDataKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Makes data keys and opens those that others made.
 *
 * <p>A data key is 256 random bits, sealed by HPKE to the public half of the newest key encryption
 * key; purpose, version of that key and node are bound to it. It is in the key table, durably,
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
   * @return a key that nobody has used; the caller is its first holder
   * @throws CryptoException.KeyServiceUnavailable when it could not be sealed or kept
   */
  DataKey make() {
    Pair kek = newest();
    byte[] key = new byte[Aes.KEY_BYTES];
    random.nextBytes(key);
    byte[] info = info(kek.version());
    byte[] sealed = XWing.seal(kek.publicKey(), info, Framing.text(node), key, random);
    var row = new SealedDataKey(kek.version(), node, sealed, clock.instant());
    try {
      return new DataKey(Reach.out(TABLE, () -> table.insert(row)), key);
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
    Pair kek = keyEncryptionKeys.version(row.kekVersion());
    byte[] key =
        XWing.open(kek.halves(), info(kek.version()), Framing.text(row.node()), row.sealed());
    if (key.length != Aes.KEY_BYTES) {
      throw new CryptoException.WillNotOpen();
    }
    return new DataKey(id, key);
  }

  /**
   * Someone tampered with the newest key encryption key, or lost its root: nothing may be sealed to
   * it.
   */
  private Pair newest() {
    try {
      return keyEncryptionKeys.current();
    } catch (CryptoException.WillNotOpen e) {
      throw new CryptoException.KeyServiceUnavailable(
          "the newest key encryption key does not open", e);
    }
  }

  private static byte[] info(int kekVersion) {
    return Framing.of(PURPOSE, Framing.int32(kekVersion));
  }
}
