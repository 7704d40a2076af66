package io.scrip.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Seals records and opens them again.
 *
 * <p>Layout: version (1 byte), data key id (8, big-endian), nonce (12), ciphertext, tag (16). The
 * nonce is a counter that starts with the data key, NIST SP 800-38D, section 8.2.1; the key is
 * replaced long before the counter could wrap. What stands before the ciphertext is bound as
 * associated data, together with the caller's.
 *
 * <p>Thread-safe.
 */
public final class RecordSealer implements AutoCloseable {
  /** Sixteen times the largest value: room for its token, name, subject and metadata. */
  public static final int MAX_PLAINTEXT_BYTES = 1 << 20;

  /** What a sealed record is longer than its plaintext. */
  public static final int OVERHEAD_BYTES = 37;

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + Long.BYTES + Aes.NONCE_BYTES;

  /**
   * The nonce's fixed field. A key is used by one process only, so there are no devices to tell
   * apart.
   */
  private static final int NONCE_FIXED_FIELD = 0;

  private final SealingKeys sealingKeys;
  private final OpenedKeys openedKeys;

  private RecordSealer(SealingKeys sealingKeys, OpenedKeys openedKeys) {
    this.sealingKeys = sealingKeys;
    this.openedKeys = openedKeys;
  }

  /**
   * Makes the first key encryption key where the table has none.
   *
   * @param node names this process in the key table
   * @throws io.scrip.identity.StartRefused when the table's newest key does not open under this
   *     custodian's root
   * @throws CryptoException.KeyServiceUnavailable when the table or the custodian does not answer
   */
  public static RecordSealer start(
      KeyTable table,
      Custody custody,
      KeyConfig config,
      String node,
      SecureRandom random,
      InstantSource clock) {
    return start(table, custody, config, node, random, clock, Thread::startVirtualThread);
  }

  static RecordSealer start(
      KeyTable table,
      Custody custody,
      KeyConfig config,
      String node,
      SecureRandom random,
      InstantSource clock,
      Executor background) {
    var keyEncryptionKeys = new KeyEncryptionKeys(table, custody, random, clock);
    keyEncryptionKeys.start();
    var dataKeys = new DataKeys(table, keyEncryptionKeys, node, random, clock);
    Duration timeout = config.timeout();
    return new RecordSealer(
        new SealingKeys(dataKeys, config.dataKeyLimits(), clock, background, timeout),
        new OpenedKeys(dataKeys, config.maxOpenedKeys(), config.maxOpenedAge(), clock));
  }

  /**
   * Seals under this node's current data key.
   *
   * @param plaintext 0 to {@link #MAX_PLAINTEXT_BYTES} bytes
   * @param associatedData bound, not stored: opening needs the same bytes
   * @return {@link #OVERHEAD_BYTES} more than the plaintext
   * @throws CryptoException.KeyServiceUnavailable when no data key could be made within {@link
   *     KeyConfig#timeout()}
   */
  public SealedRecord seal(byte[] plaintext, byte[] associatedData) {
    if (plaintext.length > MAX_PLAINTEXT_BYTES) {
      throw new IllegalArgumentException("a record has at most " + MAX_PLAINTEXT_BYTES + " bytes");
    }
    SealingKeys.Turn turn = sealingKeys.next(plaintext.length);
    DataKey key = turn.key();
    try {
      byte[] sealed = new byte[plaintext.length + OVERHEAD_BYTES];
      ByteBuffer.wrap(sealed)
          .put(VERSION)
          .putLong(key.id())
          .putInt(NONCE_FIXED_FIELD)
          .putLong(turn.counter());
      key.seal(plaintext, associatedData, sealed, HEAD_BYTES);
      return new SealedRecord(key.id(), sealed);
    } finally {
      key.letGo();
    }
  }

  /**
   * @param dataKeyId as it stands beside the record; must be the one inside
   * @return the plaintext, in an array that the caller wipes
   * @throws CryptoException.WillNotOpen when anything does not fit, whatever it is
   * @throws CryptoException.KeyServiceUnavailable when the data key could not be unwrapped just now
   */
  public byte[] open(long dataKeyId, byte[] sealed, byte[] associatedData) {
    if (dataKeyId(sealed) != dataKeyId) {
      throw new CryptoException.WillNotOpen();
    }
    DataKey key = openedKeys.hold(dataKeyId);
    try {
      return key.open(sealed, associatedData, HEAD_BYTES);
    } finally {
      key.letGo();
    }
  }

  /**
   * Reads the data key's id off a record that is kept without it beside.
   *
   * @throws CryptoException.WillNotOpen when this is no sealed record
   */
  public static long dataKeyId(byte[] sealed) {
    if (sealed.length < OVERHEAD_BYTES || sealed[0] != VERSION) {
      throw new CryptoException.WillNotOpen();
    }
    return ByteBuffer.wrap(sealed).getLong(1);
  }

  /** Wipes every data key, each as soon as nobody holds it. */
  @Override
  public void close() {
    sealingKeys.close();
    openedKeys.clear();
  }

  /** What goes into a row. */
  public record SealedRecord(long dataKeyId, byte[] sealed) {}
}
