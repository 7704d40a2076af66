package io.scrip.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scrip.auth.BoundedClient;
import io.scrip.gateway.GatewayException.StoreUnusable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials as Secrets of a cluster, which the KongConsumer names. No other Secret is ever
 * read or written, and one of these names that is not marked as a credential is somebody else's.
 */
public final class ClusterSecrets implements CredentialStore {
  /**
   * As kong/resources/common/kong-consumer.yaml names them, in the order in which they are filled.
   * They are seats: what lies in which depends on who came when.
   */
  public static final List<String> SEATS =
      List.of("scrip-auth0-current", "scrip-auth0-next", "scrip-auth0-previous");

  private final ClusterApi api;

  public ClusterSecrets(ClusterAddress address, BoundedClient.Limits limits) {
    this.api = new ClusterApi(address, limits);
  }

  @Override
  public Snapshot read() throws GatewayException, InterruptedException {
    List<Seat> seats = new ArrayList<>();
    Map<String, ObjectNode> secrets = new LinkedHashMap<>();
    for (String name : SEATS) {
      Optional<ObjectNode> secret = api.find(name);
      if (secret.isPresent()) {
        requireOurs(name, secret.get());
        secrets.put(name, secret.get());
      }
      seats.add(
          new Seat(name, secret.map(found -> SecretObject.held(name, found)).orElse(MISSING)));
    }
    return new Read(seats, secrets);
  }

  private static final Held MISSING =
      new Held.Unusable(Optional.empty(), "there was no Secret of this name");

  private static void requireOurs(String name, ObjectNode secret) throws StoreUnusable {
    if (!SecretObject.isOurs(secret)) {
      throw new StoreUnusable(
          "the Secret "
              + name
              + " lacks the label "
              + SecretObject.LABEL
              + ": "
              + SecretObject.LABEL_VALUE
              + "; it is not ours to overwrite");
    }
  }

  private final class Read implements Snapshot {
    private final List<Seat> seats;
    private final Map<String, ObjectNode> secrets;

    Read(List<Seat> seats, Map<String, ObjectNode> secrets) {
      this.seats = List.copyOf(seats);
      this.secrets = Map.copyOf(secrets);
    }

    @Override
    public List<Seat> seats() {
      return seats;
    }

    @Override
    public void apply(List<Change> changes) throws GatewayException, InterruptedException {
      for (Change change : changes) {
        String name = change.seat().name();
        Credential credential = Credential.of(name, change.target());
        ObjectNode before = secrets.get(name);
        if (before == null) {
          api.create(name, SecretObject.with(SecretObject.empty(name), credential));
        } else {
          api.replace(name, SecretObject.with(before, credential));
        }
      }
    }
  }
}
