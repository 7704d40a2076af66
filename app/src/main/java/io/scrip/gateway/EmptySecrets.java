package io.scrip.gateway;

import java.util.List;
import java.util.Optional;

/** A cluster that has none of the Secrets yet: what is planned for it are all three, whole. */
public final class EmptySecrets implements CredentialStore {
  @Override
  public Snapshot read() {
    return new Snapshot() {
      @Override
      public List<Seat> seats() {
        return ClusterSecrets.SEATS.stream()
            .map(name -> new Seat(name, new Held.Unusable(Optional.empty(), "new")))
            .toList();
      }

      @Override
      public void apply(List<Change> changes) {
        throw new UnsupportedOperationException("there is nothing to write to");
      }
    };
  }
}
