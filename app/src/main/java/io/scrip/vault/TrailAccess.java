package io.scrip.vault;

import io.scrip.audit.AuditExport;
import io.scrip.audit.TrailReader.Filter;
import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Work;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Lets auditors read the trail. That they did is in it, before the first line is given out. */
@Singleton
public final class TrailAccess {
  private final Journal journal;
  private final Gate gate;
  private final AuditExport export;
  private final Digests digests;
  private final Work<Events, Boolean> readings =
      (_, group) -> group.stream().map(events -> Effect.answered(true, events.allowed())).toList();

  TrailAccess(Journal journal, Gate gate, AuditExport export, Digests digests) {
    this.journal = journal;
    this.gate = gate;
    this.export = export;
    this.digests = digests;
  }

  /**
   * The tenant's events, all of them with everything that proves them, or a selection. Fails with
   * {@link VaultException.AccessDenied}.
   *
   * @return lines of JSON, read from the store as they are taken; taking one may block
   */
  public CompletableFuture<Iterator<String>> events(Call call, Selection selection) {
    TenantId tenant = call.caller().tenant();
    Set<LookupDigest> subjects =
        selection
            .subject
            .map(name -> Set.copyOf(digests.each(Purpose.SUBJECT, tenant, utf8(name))))
            .or(() -> selection.subjectDigest.map(Set::of))
            .orElse(Set.of());
    Filter filter =
        new Filter(
            tenant,
            selection.from,
            selection.to,
            selection.actor,
            selection.action,
            subjects,
            Optional.empty());
    return read(call)
        .thenApply(_ -> selection.isEverything() ? export.whole(tenant) : export.selection(filter));
  }

  /** Checkpoints of every chain, alike. */
  public CompletableFuture<Iterator<String>> checkpoints(Call call) {
    return read(call).thenApply(_ -> export.checkpoints());
  }

  private CompletableFuture<Boolean> read(Call call) {
    return gate.<Boolean>refusal(call, Action.READ_AUDIT)
        .orElseGet(() -> journal.submit(readings, Events.of(call, Action.READ_AUDIT)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Which events; what is empty matches everything.
   *
   * @param from inclusive
   * @param to exclusive
   * @param actor subject or client of an access token
   * @param subject whom values are about
   * @param subjectDigest the same as an event shows it
   */
  public record Selection(
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<String> actor,
      Optional<Action> action,
      Optional<String> subject,
      Optional<LookupDigest> subjectDigest) {

    boolean isEverything() {
      return from.isEmpty()
          && to.isEmpty()
          && actor.isEmpty()
          && action.isEmpty()
          && subject.isEmpty()
          && subjectDigest.isEmpty();
    }

    @Override
    public String toString() {
      return "Selection[redacted]";
    }
  }
}
