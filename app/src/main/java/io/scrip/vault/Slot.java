package io.scrip.vault;

import io.scrip.identity.Action;
import io.scrip.journal.Effect;
import java.util.Optional;

/** A draft and what became of it. */
final class Slot {
  final Draft draft;

  /** Whether a row may exist that answers this draft. */
  boolean lookAgain = true;

  private Optional<Effect<TokenInfo>> effect = Optional.empty();

  Slot(Draft draft) {
    this.draft = draft;
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
}
