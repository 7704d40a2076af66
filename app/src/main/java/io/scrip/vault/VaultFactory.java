package io.scrip.vault;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.scrip.audit.AuditChain;
import io.scrip.audit.AuditConfig;
import io.scrip.audit.AuditExport;
import io.scrip.audit.Signer;
import io.scrip.audit.TrailReader;
import io.scrip.crypto.AuditSigningKey;
import io.scrip.crypto.Digests;
import io.scrip.crypto.Keyring;
import io.scrip.journal.CallerThread;
import io.scrip.journal.ChainSource;
import io.scrip.journal.CommitListener;
import io.scrip.journal.Journal;
import io.scrip.journal.JournalConfig;
import io.scrip.journal.Ledger;
import io.scrip.journal.Sums;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings together what the ground packages, which do not know each other, are to each other. */
@Factory
final class VaultFactory {
  /**
   * Callers whose encryptions of one second wait to be written, some 500 bytes each; few
   * installations have so many.
   */
  private static final int MAX_CALLERS_SUMMED = 1_000;

  @Singleton
  Signer signer(AuditSigningKey key) {
    return new Signer() {
      @Override
      public String keyId() {
        return key.keyId();
      }

      @Override
      public byte[] sign(byte[] message) {
        return key.sign(message);
      }
    };
  }

  @Singleton
  ChainSource chains(InstantSource clock, Signer signer, AuditConfig config) {
    String node = UUID.randomUUID().toString();
    AtomicInteger opened = new AtomicInteger();
    return new ChainSource() {
      @Override
      public AuditChain next(byte[] previousHead) {
        return new AuditChain(
            node + "." + opened.incrementAndGet(), previousHead, clock, signer, config);
      }

      @Override
      public String node() {
        return node;
      }
    };
  }

  @Context
  @Requires(missingProperty = "scrip.command")
  @Bean(preDestroy = "close")
  Journal journal(
      JournalConfig config,
      Ledger ledger,
      ChainSource chains,
      CommitListener listener,
      CallerThread callers) {
    int writers = Math.min(config.writers(), ledger.maxWriters());
    return new Journal(config, writers, ledger, chains, listener, callers);
  }

  /** Closed by the journal, which it needs for its last write. */
  @Context
  @Requires(missingProperty = "scrip.command")
  Sums sums(Journal journal, InstantSource clock) {
    return new Sums(journal, MAX_CALLERS_SUMMED, clock).start();
  }

  @Singleton
  KeyState.Follower keys(Digests digests, Keyring keyring) {
    return new KeyFollower(digests, keyring);
  }

  @Singleton
  AuditExport auditExport(TrailReader reader, InstantSource clock, Signer signer) {
    return new AuditExport(reader, clock, signer);
  }
}
