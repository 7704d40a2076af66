package io.scrip.bench;

import io.scrip.crypto.Custody;
import io.scrip.crypto.KeyConfig;
import io.scrip.crypto.KeyTable;
import io.scrip.crypto.Keyring;
import io.scrip.crypto.RecordSealer;
import io.scrip.crypto.RecordSealer.SealedRecord;
import io.scrip.crypto.RootKey;
import io.scrip.crypto.RootKind;
import io.scrip.crypto.RootSet;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Seals and opens a record of the usual size under the current data key. */
@State(Scope.Benchmark)
public class SealingBenchmark {
  /** Token, value and framing of a card. */
  private static final int RECORD_BYTES = 96;

  /** Tenant, record id and template. */
  private static final int CONTEXT_BYTES = 48;

  private final byte[] record = new byte[RECORD_BYTES];
  private final byte[] context = new byte[CONTEXT_BYTES];
  private final RecordSealer sealer =
      Keyring.start(
              new Keys(),
              Optional.of(new Open()),
              RootSet.of(RootKey.random(RootKind.DIGEST, new SecureRandom())),
              KeyConfig.DEFAULT,
              "bench",
              new SecureRandom(),
              Clock.systemUTC())
          .records();
  private final SealedRecord sealed = sealer.seal(record, context);

  @Benchmark
  public SealedRecord seal() {
    return sealer.seal(record, context);
  }

  @Benchmark
  public byte[] open() {
    return sealer.open(sealed.dataKeyId(), sealed.sealed(), context);
  }

  /** Keeps keys in memory. */
  private static final class Keys implements KeyTable {
    private final List<KeyEncryptionKey> keyEncryptionKeys = new ArrayList<>();
    private final List<SealedDataKey> dataKeys = new ArrayList<>();

    @Override
    public synchronized List<KeyEncryptionKey> keyEncryptionKeys() {
      return List.copyOf(keyEncryptionKeys);
    }

    @Override
    public synchronized boolean insert(KeyEncryptionKey key) {
      return keyEncryptionKeys.add(key);
    }

    @Override
    public synchronized long insert(SealedDataKey key) {
      dataKeys.add(key);
      return dataKeys.size();
    }

    @Override
    public synchronized Optional<SealedDataKey> findDataKey(long id) {
      return Optional.of(dataKeys.get((int) id - 1));
    }

    @Override
    public List<StoredDataKey> dataKeysBelow(int kekVersion, long afterId, int limit) {
      return List.of();
    }

    @Override
    public boolean rewrap(StoredDataKey old, int kekVersion, byte[] sealed) {
      return false;
    }

    @Override
    public Set<Long> present(Collection<Long> ids) {
      return Set.copyOf(ids);
    }

    @Override
    public List<StoredDataKey> labelledBelow(int digestVersion, long afterId, int limit) {
      return List.of();
    }

    @Override
    public long countLabelledBelow(int digestVersion) {
      return 0;
    }

    @Override
    public boolean relabel(StoredDataKey old, Subject label) {
      return false;
    }
  }

  /** Wraps nothing: it is asked a handful of times, and not measured. */
  private static final class Open implements Custody {
    @Override
    public byte[] wrap(byte[] key, byte[] associatedData) {
      return key.clone();
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
      return wrapped.clone();
    }

    @Override
    public String rootId() {
      return "bench";
    }

    @Override
    public boolean covers(byte[] wrapped) {
      return true;
    }
  }
}
