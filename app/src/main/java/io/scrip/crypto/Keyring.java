package io.scrip.crypto;

import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.crypto.KeyTable.StoredDataKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The keys that one process holds: those that it seals under, and those that it has opened. Every
 * change of a key begins here.
 *
 * <p>Thread-safe.
 */
public final class Keyring implements AutoCloseable {
  private final KeyEncryptionKeys keyEncryptionKeys;
  private final DataKeys dataKeys;
  private final OpenedKeys openedKeys;
  private final SealingKeys ofRecords;
  private final SealingKeys ofCiphertexts;
  private final SubjectKeys ofSubjects;

  private Keyring(
      KeyEncryptionKeys keyEncryptionKeys,
      DataKeys dataKeys,
      KeyConfig config,
      InstantSource clock,
      Executor background) {
    this.keyEncryptionKeys = keyEncryptionKeys;
    this.dataKeys = dataKeys;
    this.openedKeys =
        new OpenedKeys(dataKeys, config.maxOpenedKeys(), config.maxOpenedAge(), clock);
    var sealing = new SealingKeys.Maker(dataKeys, config, clock, background);
    this.ofRecords = sealing.of(DataKeyUse.RECORD, Optional.empty());
    this.ofCiphertexts = sealing.of(DataKeyUse.CIPHERTEXT, Optional.empty());
    this.ofSubjects =
        new SubjectKeys(
            config.maxOpenedKeys(),
            config.dataKeyLimits().maxAge(),
            clock,
            subject -> sealing.of(DataKeyUse.SUBJECT, Optional.of(subject)));
  }

  /**
   * Makes the first key encryption key where the table has none and this plane can wrap one.
   *
   * @param custody empty on a plane that opens nothing
   * @param digestRoots say which public halves are ours
   * @param node names this process in the key table
   * @throws io.scrip.identity.StartRefused when the table's newest key is not ours or does not open
   *     under this custodian's root
   * @throws CryptoException.KeyServiceUnavailable when the table or the custodian does not answer
   */
  public static Keyring start(
      KeyTable table,
      Optional<Custody> custody,
      RootSet digestRoots,
      KeyConfig config,
      String node,
      SecureRandom random,
      InstantSource clock) {
    return start(
        table, custody, digestRoots, config, node, random, clock, Thread::startVirtualThread);
  }

  static Keyring start(
      KeyTable table,
      Optional<Custody> custody,
      RootSet digestRoots,
      KeyConfig config,
      String node,
      SecureRandom random,
      InstantSource clock,
      Executor background) {
    var mac = new KekMac(digestRoots);
    var kek = new KeyEncryptionKeys(table, custody, mac, config.maxOpenedAge(), random, clock);
    kek.start();
    var dataKeys = new DataKeys(table, kek, node, random, clock);
    return new Keyring(kek, dataKeys, config, clock, background);
  }

  public RecordSealer records() {
    return new RecordSealer(ofRecords, ofSubjects, openedKeys);
  }

  public CiphertextSealer ciphertexts() {
    return new CiphertextSealer(ofCiphertexts, openedKeys);
  }

  /** Makes the first data key now, and not at the first call. */
  public void warmUp() {
    ofRecords.next(0).key().letGo();
  }

  /** From now on nothing is sealed under a data key of a lower id. */
  public void retireBelow(long floor) {
    ofRecords.retireBelow(floor);
    ofCiphertexts.retireBelow(floor);
    ofSubjects.retireBelow(floor);
  }

  /**
   * Wipes the keys of subjects that the table no longer has: subjects were erased, here or
   * elsewhere.
   *
   * @throws CryptoException.KeyServiceUnavailable when the table does not answer
   */
  public void forgetErased() {
    Set<Long> held = heldOfSubjects();
    if (!held.isEmpty()) {
      held.removeAll(dataKeys.present(held));
      forget(held);
    }
  }

  Set<Long> heldOfSubjects() {
    Set<Long> held = new HashSet<>(ofSubjects.ids());
    held.addAll(openedKeys.ids(DataKeyUse.SUBJECT));
    return held;
  }

  /** Wipes these keys: nothing is sealed under them any more, nor opened with them. */
  public void forget(Set<Long> gone) {
    ofSubjects.drop(gone);
    openedKeys.drop(gone);
  }

  /**
   * Whose key this is, in the words of whoever named the subject.
   *
   * @throws CryptoException.WillNotOpen when it is no subject's, or does not open
   */
  public String subject(StoredDataKey key) {
    return dataKeys.subject(key);
  }

  /** The key encryption key after the newest; it serves nobody until it is in the table. */
  public KeyEncryptionKey nextKeyEncryptionKey() {
    return keyEncryptionKeys.next();
  }

  /** Whether no older root is needed for this key. */
  public boolean isUnderPresentRoots(KeyEncryptionKey key) {
    return keyEncryptionKeys.isUnderPresentRoots(key);
  }

  /**
   * The same key, wrapped under the present roots.
   *
   * @throws CryptoException.WillNotOpen when its own root is not at hand, or it is not ours
   */
  public KeyEncryptionKey rewrapped(KeyEncryptionKey key) {
    return keyEncryptionKeys.rewrapped(key);
  }

  /**
   * Seals a data key to the newest key encryption key.
   *
   * @return false when it was gone, or another instance was faster
   */
  public boolean rewrap(StoredDataKey key) {
    return dataKeys.rewrap(key);
  }

  /** Wipes every data key, each as soon as nobody holds it. */
  @Override
  public void close() {
    ofRecords.close();
    ofCiphertexts.close();
    ofSubjects.close();
    openedKeys.clear();
  }
}
