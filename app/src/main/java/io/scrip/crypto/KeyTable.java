package io.scrip.crypto;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where wrapped keys are kept, so that every instance sees a rotation. Each call is a transaction
 * of its own.
 */
public interface KeyTable {
  /** Every key encryption key, oldest version first. */
  List<KeyEncryptionKey> keyEncryptionKeys();

  /**
   * Inserts a version unless another instance was faster.
   *
   * @return whether this one was inserted
   */
  boolean insert(KeyEncryptionKey key);

  /**
   * Inserts a data key durably.
   *
   * @return its id, never 0
   */
  long insert(SealedDataKey key);

  Optional<SealedDataKey> findDataKey(long id);

  /**
   * @param version 1 for the first
   * @param publicKey the public half, in the encoding of its suite
   * @param wrappedPrivateKey the private half, wrapped by the seal root; see the key's envelope
   * @param rootId names the seal root that wrapped it
   */
  record KeyEncryptionKey(
      int version, byte[] publicKey, byte[] wrappedPrivateKey, String rootId, Instant createdAt) {}

  /**
   * @param kekVersion the key encryption key whose public half sealed it
   * @param node the process that uses it to seal
   * @param sealed the key, sealed by HPKE; see its envelope
   */
  record SealedDataKey(int kekVersion, String node, byte[] sealed, Instant createdAt) {}
}
