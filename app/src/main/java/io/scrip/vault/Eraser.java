package io.scrip.vault;

import io.scrip.audit.AuditEvent;
import io.scrip.audit.Erasure;
import io.scrip.audit.Signer;
import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.crypto.Keyring;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.vault.RevocationMark.Target;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Erases a subject: ends all its tokens, and destroys the data keys that it has for itself, and
 * with them every copy of what they sealed, in any backup of the values. One transaction with its
 * audit event. What the subject is given afterwards has new keys.
 */
@Singleton
public final class Eraser {
  private static final int LARGEST_IN_REASON = 999_999;

  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final CatalogStore catalogStore;
  private final RotationStore rotations;
  private final ErasureStore store;
  private final MappingStore mappings;
  private final Digests digests;
  private final Keyring keyring;
  private final Signer signer;
  private final InstantSource clock;
  private final Work<Asked, Erased> erasures =
      (tx, all) -> all.stream().map(asked -> erase(tx, asked)).toList();

  Eraser(
      Journal journal,
      Gate gate,
      Catalog catalog,
      CatalogStore catalogStore,
      RotationStore rotations,
      ErasureStore store,
      MappingStore mappings,
      Digests digests,
      Keyring keyring,
      Signer signer,
      InstantSource clock) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.catalogStore = catalogStore;
    this.rotations = rotations;
    this.store = store;
    this.mappings = mappings;
    this.digests = digests;
    this.keyring = keyring;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * Fails with {@link VaultException.AccessDenied} or {@link VaultException.WrongPlane}.
   *
   * @param subject as the tokens' requests named it
   * @return what was erased, signed; 0 keys and 0 tokens for one who is unknown or erased already
   */
  public CompletableFuture<Erasure> erase(Call call, String subject) {
    return gate.<Erasure>refusal(call, Action.ERASE)
        .orElseGet(
            () ->
                journal
                    .submitSlow(erasures, new Asked(call, subject))
                    .thenApply(
                        erased -> {
                          keyring.forget(erased.keys); // here at once; other instances follow
                          return erased.record;
                        }));
  }

  /**
   * The barrier lets every row that is being made be committed first, so that its key and its mark
   * are among these; who comes after it knows of the erasure. The catalog is looked at before the
   * erasure stands in it: nobody may take for learned what is not committed.
   */
  private Effect<Erased> erase(Transaction tx, Asked asked) {
    rotations.barrier(tx);
    long version = catalogStore.bump(tx);
    List<LookupDigest> names = names(catalog.peek(tx).keys(), asked);
    TenantId tenant = asked.call.caller().tenant();
    Set<Long> keys = store.keys(tx, tenant, names);
    long tokens = 0;
    long shredded = 0;
    for (LookupDigest name : names) {
      var mark = catalogStore.insertMark(tx, tenant, new Target.Subject(name), version);
      tokens += mappings.countMarked(tx, mark);
      shredded += mappings.countMarked(tx, mark, keys);
    }
    long destroyed = store.destroy(tx, keys, version);
    Erasure record = sign(asked, names.getFirst(), destroyed, tokens, shredded);
    return Effect.answered(new Erased(record, keys), event(asked, names.getFirst(), destroyed));
  }

  /** What the subject goes by, the digest of the keys in force first. */
  private List<LookupDigest> names(KeyState keys, Asked asked) {
    byte[] subject = asked.subject.getBytes(StandardCharsets.UTF_8);
    return keys.digestVersions().stream()
        .map(
            version ->
                digests.digest(version, Purpose.SUBJECT, asked.call.caller().tenant(), subject))
        .toList();
  }

  private Erasure sign(Asked asked, LookupDigest subject, long keys, long tokens, long shredded) {
    return Erasure.signed(
        asked.call.caller().tenant(),
        subject,
        keys,
        tokens,
        shredded,
        clock.instant(),
        asked.call.requestId(),
        signer);
  }

  /** The trail takes no long numbers, whatever they are. */
  private static AuditEvent event(Asked asked, LookupDigest subject, long keys) {
    Events events = Events.of(asked.call, Action.ERASE).aboutSubject(subject);
    return events.allowed(keys > LARGEST_IN_REASON ? "keys" : "keys-" + keys);
  }

  private record Erased(Erasure record, Set<Long> keys) {}

  private record Asked(Call call, String subject) {
    @Override
    public String toString() {
      return "Asked[redacted]";
    }
  }
}
