package io.scrip.journal;

import io.scrip.audit.AuditChain;
import io.scrip.audit.AuditConfig;
import io.scrip.audit.AuditEvent;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Entries, works and chains for tests of the journal. Each entry is named, and its event bears its
 * name.
 */
final class Entries {
  /** Answers with the name itself. */
  static final Work<String, String> ECHO = (tx, names) -> effects(tx, names);

  /** Longer than anything here takes; only ever reached by a test that fails. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private Entries() {}

  static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj("entry-%05d"::formatted).toList();
  }

  static List<Effect<String>> effects(Transaction tx, List<String> names) {
    ((FakeLedger.Changes) tx).effects.addAll(names);
    List<Effect<String>> effects = new ArrayList<>();
    names.forEach(name -> effects.add(Effect.answered(name, event(name))));
    return effects;
  }

  static AuditEvent event(String name) {
    return new AuditEvent(
        Action.TOKENIZE,
        new Actor("https://issuer.example/", "clerk", "till"),
        TenantId.DEFAULT,
        AuditEvent.Outcome.ALLOWED,
        "ok",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new RequestId(name));
  }

  /** Fails with the entry that is named, as a work with a defect would. */
  static Work<String, String> failingAt(String name, Throwable failure) {
    return (tx, names) -> {
      if (names.contains(name)) {
        sneak(failure);
      }
      return effects(tx, names);
    };
  }

  @SuppressWarnings("unchecked") // unchecked by the compiler is the point
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  static ChainSource chains(FakeLedger ledger) {
    return chains(ledger, AuditConfig.defaults());
  }

  static ChainSource chains(FakeLedger ledger, AuditConfig config) {
    AtomicInteger opened = new AtomicInteger();
    return new ChainSource() {
      @Override
      public AuditChain next(byte[] previousHead) {
        String name = "node." + opened.incrementAndGet();
        return new AuditChain(name, previousHead, ledger.clock, FakeLedger.SIGNER, config);
      }

      @Override
      public String node() {
        return "node";
      }
    };
  }

  /** The answer, or why there is none. */
  static <T> T answer(CompletableFuture<T> future) throws Throwable {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer came", e);
    }
  }
}
