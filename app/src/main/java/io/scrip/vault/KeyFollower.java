package io.scrip.vault;

import io.scrip.crypto.Digests;
import io.scrip.crypto.Keyring;
import java.util.concurrent.atomic.AtomicLong;

/** Keys are changed in the database first; what this process holds of them follows. */
final class KeyFollower implements KeyState.Follower {
  private final Digests digests;
  private final Keyring keyring;
  private final AtomicLong lastErasure = new AtomicLong();

  KeyFollower(Digests digests, Keyring keyring) {
    this.digests = digests;
    this.keyring = keyring;
  }

  @Override
  public void learn(KeyState state) {
    digests.enable(state.digestRoots());
    keyring.retireBelow(state.dataKeyFloor());
    if (state.lastErasure() > lastErasure.get()) {
      keyring.forgetErased();
      lastErasure.accumulateAndGet(state.lastErasure(), Math::max); // after it is done, not before
    }
  }
}
