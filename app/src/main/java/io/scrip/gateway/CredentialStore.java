package io.scrip.gateway;

import java.util.List;

/** Where the gateway's credentials of the tenant lie. */
public interface CredentialStore {
  /** All of them, as they are now. */
  Snapshot read() throws GatewayException, InterruptedException;

  /** What was read, together with what is needed to write over that and nothing else. */
  interface Snapshot {
    /** In the order in which new keys are put into those that are free. */
    List<Seat> seats();

    /**
     * Writes them, in this order.
     *
     * @throws GatewayException.Conflict when somebody else was faster; a part may have been written
     */
    void apply(List<Change> changes) throws GatewayException, InterruptedException;
  }
}
