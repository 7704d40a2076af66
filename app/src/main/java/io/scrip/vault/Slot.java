package io.scrip.vault;

import io.scrip.identity.Action;
import io.scrip.identity.LookupDigest;
import io.scrip.journal.Effect;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A draft and what became of it. */
final class Slot {
  final Draft draft;

  /** Every version that a row of the same request may have been made under, as keys of it. */
  final List<Draft.Keys> keys;

  /** Whether a row may exist that answers this draft. */
  boolean lookAgain = true;

  private Optional<Effect<TokenInfo>> effect = Optional.empty();

  Slot(Draft draft, List<Integer> digestVersions) {
    this.draft = draft;
    this.keys = digestVersions.stream().map(draft::keys).toList();
  }

  boolean isOpen() {
    return effect.isEmpty();
  }

  Effect<TokenInfo> effect() {
    return effect.orElseThrow();
  }

  void close(Effect<TokenInfo> outcome) {
    effect = Optional.of(outcome);
  }

  void refuse(VaultException refusal, String reason) {
    close(Effect.refused(refusal, events().refused(reason)));
  }

  Events events() {
    return draft.events(Events.of(draft.call(), Action.TOKENIZE));
  }

  /** One digest of the request under every version, where it has one. */
  List<LookupDigest> each(Function<Draft.Keys, Optional<LookupDigest>> key) {
    return keys.stream().flatMap(versioned -> key.apply(versioned).stream()).toList();
  }
}
