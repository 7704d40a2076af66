package io.scrip.crypto;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** Data keys sealed to versions older than this one, by id, after the given one. */
  List<StoredDataKey> dataKeysBelow(int kekVersion, long afterId, int limit);

  /**
   * Seals a data key to another version, unless it has been meanwhile or is gone.
   *
   * @return whether it was replaced
   */
  boolean rewrap(StoredDataKey old, int kekVersion, byte[] sealed);

  /** Those of these data keys that are there. */
  Set<Long> present(Collection<Long> ids);

  /**
   * Data keys of subjects whose label was made with an older version of the digest keys, by id,
   * after the given one.
   */
  List<StoredDataKey> labelledBelow(int digestVersion, long afterId, int limit);

  /** How many such keys there are. */
  long countLabelledBelow(int digestVersion);

  /**
   * Puts another label on a data key of a subject, unless it has another already or is gone.
   *
   * @return whether it was changed
   */
  boolean relabel(StoredDataKey old, Subject label);

  /**
   * @param version 1 for the first
   * @param publicKey the public half, in the encoding of its suite
   * @param wrappedPrivateKey the private half, wrapped by the seal root; see the key's envelope
   * @param rootId names the seal root that wrapped it
   * @param mac says that the public half is ours; see {@link KekMac}
   * @param macRootId names the digest root of the MAC
   */
  record KeyEncryptionKey(
      int version,
      byte[] publicKey,
      byte[] wrappedPrivateKey,
      String rootId,
      byte[] mac,
      String macRootId,
      Instant createdAt) {}

  /**
   * @param kekVersion the key encryption key whose public half sealed it
   * @param use what it seals
   * @param subject whose records alone it seals; for {@link DataKeyUse#SUBJECT}
   * @param node the process that uses it to seal
   * @param sealed the key, sealed by HPKE; see {@link DataKeys}
   */
  record SealedDataKey(
      int kekVersion,
      DataKeyUse use,
      Optional<Subject> subject,
      String node,
      byte[] sealed,
      Instant createdAt) {}

  /** A data key as kept. */
  record StoredDataKey(long id, SealedDataKey key) {}

  /**
   * Whose key: found by keyed digest, since the table knows no subject by name.
   *
   * @param digestVersion of the digest keys that made the digest
   */
  record Subject(TenantId tenant, LookupDigest digest, int digestVersion) {}
}
