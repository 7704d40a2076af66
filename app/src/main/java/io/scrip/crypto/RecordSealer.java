package io.scrip.crypto;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Seals records under this node's current data key and opens them again; see {@link Envelope} for
 * their layout. Thread-safe.
 */
public final class RecordSealer {
  /** Sixteen times the largest value: room for its token, name, subject and metadata. */
  public static final int MAX_PLAINTEXT_BYTES = 1 << 20;

  /** What a sealed record is longer than its plaintext. */
  public static final int OVERHEAD_BYTES = Envelope.OVERHEAD_BYTES;

  private static final Set<DataKeyUse> OF_RECORDS =
      EnumSet.of(DataKeyUse.RECORD, DataKeyUse.SUBJECT);

  private final SealingKeys sealingKeys;
  private final SubjectKeys subjectKeys;
  private final OpenedKeys openedKeys;

  RecordSealer(SealingKeys sealingKeys, SubjectKeys subjectKeys, OpenedKeys openedKeys) {
    this.sealingKeys = sealingKeys;
    this.subjectKeys = subjectKeys;
    this.openedKeys = openedKeys;
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
    return seal(sealingKeys::next, plaintext, associatedData);
  }

  /**
   * Seals under a key that this subject's records have for themselves, so that destroying it erases
   * them wherever there is a copy.
   *
   * @throws CryptoException.KeyServiceUnavailable as {@link #seal} does
   */
  public SealedRecord sealFor(DataSubject subject, byte[] plaintext, byte[] associatedData) {
    return seal(size -> subjectKeys.next(subject, size), plaintext, associatedData);
  }

  /** Nothing more is sealed under these keys of subjects: they are gone from the table. */
  public void forget(Set<Long> gone) {
    subjectKeys.drop(gone);
    openedKeys.drop(gone);
  }

  private static SealedRecord seal(
      IntFunction<SealingKeys.Turn> keys, byte[] plaintext, byte[] associatedData) {
    if (plaintext.length > MAX_PLAINTEXT_BYTES) {
      throw new IllegalArgumentException("a record has at most " + MAX_PLAINTEXT_BYTES + " bytes");
    }
    SealingKeys.Turn turn = keys.apply(plaintext.length);
    DataKey key = turn.key();
    try {
      return new SealedRecord(
          key.id(), Envelope.seal(key, turn.counter(), plaintext, associatedData));
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
    if (Envelope.dataKeyId(sealed) != dataKeyId) {
      throw new CryptoException.WillNotOpen();
    }
    DataKey key = openedKeys.hold(dataKeyId, OF_RECORDS);
    try {
      return Envelope.open(key, sealed, associatedData);
    } finally {
      key.letGo();
    }
  }

  /**
   * What the data key of a record was made for.
   *
   * @throws CryptoException.WillNotOpen when there is no such key
   */
  public DataKeyUse use(long dataKeyId) {
    DataKey key = openedKeys.hold(dataKeyId, OF_RECORDS);
    try {
      return key.use();
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
    return Envelope.dataKeyId(sealed);
  }

  /** What goes into a row. */
  public record SealedRecord(long dataKeyId, byte[] sealed) {}
}
