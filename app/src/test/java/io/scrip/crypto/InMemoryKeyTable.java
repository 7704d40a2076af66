package io.scrip.crypto;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The key table of tests. It can be told to be away. */
public final class InMemoryKeyTable implements KeyTable {
  private final TreeMap<Integer, KeyEncryptionKey> keyEncryptionKeys = new TreeMap<>();
  private final TreeMap<Long, SealedDataKey> dataKeys = new TreeMap<>();
  private final AtomicInteger lookUps = new AtomicInteger();
  private volatile boolean away;
  private long lastId;

  void goAway(boolean isAway) {
    away = isAway;
  }

  int lookUps() {
    return lookUps.get();
  }

  @Override
  public synchronized List<KeyEncryptionKey> keyEncryptionKeys() {
    answer();
    return new ArrayList<>(keyEncryptionKeys.values());
  }

  @Override
  public synchronized boolean insert(KeyEncryptionKey key) {
    answer();
    return keyEncryptionKeys.putIfAbsent(key.version(), key) == null;
  }

  @Override
  public synchronized long insert(SealedDataKey key) {
    answer();
    long id = ++lastId;
    dataKeys.put(id, key);
    return id;
  }

  @Override
  public synchronized Optional<SealedDataKey> findDataKey(long id) {
    answer();
    lookUps.incrementAndGet();
    return Optional.ofNullable(dataKeys.get(id));
  }

  @Override
  public synchronized List<StoredDataKey> dataKeysBelow(int kekVersion, long afterId, int limit) {
    answer();
    return dataKeys.tailMap(afterId, false).entrySet().stream()
        .filter(entry -> entry.getValue().kekVersion() < kekVersion)
        .limit(limit)
        .map(entry -> new StoredDataKey(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public synchronized boolean rewrap(StoredDataKey old, int kekVersion, byte[] sealed) {
    answer();
    SealedDataKey now = dataKeys.get(old.id());
    if (now == null || now.kekVersion() != old.key().kekVersion()) {
      return false;
    }
    dataKeys.put(
        old.id(),
        new SealedDataKey(
            kekVersion, now.use(), now.subject(), now.node(), sealed, now.createdAt()));
    return true;
  }

  @Override
  public synchronized Set<Long> present(Collection<Long> ids) {
    answer();
    return ids.stream().filter(dataKeys::containsKey).collect(Collectors.toSet());
  }

  @Override
  public synchronized List<StoredDataKey> labelledBelow(
      int digestVersion, long afterId, int limit) {
    answer();
    return labelledBelow(digestVersion).filter(key -> key.id() > afterId).limit(limit).toList();
  }

  @Override
  public synchronized long countLabelledBelow(int digestVersion) {
    answer();
    return labelledBelow(digestVersion).count();
  }

  private Stream<StoredDataKey> labelledBelow(int digestVersion) {
    return dataKeys.entrySet().stream()
        .filter(
            entry ->
                entry
                    .getValue()
                    .subject()
                    .filter(label -> label.digestVersion() < digestVersion)
                    .isPresent())
        .map(entry -> new StoredDataKey(entry.getKey(), entry.getValue()));
  }

  @Override
  public synchronized boolean relabel(StoredDataKey old, Subject label) {
    answer();
    SealedDataKey now = dataKeys.get(old.id());
    if (now == null || !now.subject().equals(old.key().subject())) {
      return false;
    }
    dataKeys.put(
        old.id(),
        new SealedDataKey(
            now.kekVersion(),
            now.use(),
            Optional.of(label),
            now.node(),
            now.sealed(),
            now.createdAt()));
    return true;
  }

  /** As someone who can write to the database would. */
  synchronized void overwrite(KeyEncryptionKey key) {
    keyEncryptionKeys.put(key.version(), key);
  }

  /** As someone who can write to the database would. */
  synchronized void overwrite(long id, SealedDataKey key) {
    dataKeys.put(id, key);
  }

  synchronized void delete(long id) {
    dataKeys.remove(id);
  }

  synchronized SealedDataKey dataKey(long id) {
    return Optional.ofNullable(dataKeys.get(id)).orElseThrow();
  }

  synchronized KeyEncryptionKey newestKeyEncryptionKey() {
    return keyEncryptionKeys.values().stream()
        .max(Comparator.comparingInt(KeyEncryptionKey::version))
        .orElseThrow();
  }

  synchronized int dataKeyCount() {
    return dataKeys.size();
  }

  private void answer() {
    if (away) {
      throw new IllegalStateException("the table is away");
    }
  }
}
