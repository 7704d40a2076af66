package io.scrip.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the Kubernetes API is, and as whom it is called.
 *
 * @param server without a path
 * @param tokenFile read before each call, since the kubelet renews it; none behind {@code kubectl
 *     proxy}
 * @param caFile PEM certificates to trust instead of the JDK's
 */
public record ClusterAddress(
    URI server, String namespace, Optional<Path> tokenFile, Optional<Path> caFile) {

  URI secrets() {
    return server.resolve("/api/v1/namespaces/" + namespace + "/secrets");
  }

  URI secret(String name) {
    return server.resolve("/api/v1/namespaces/" + namespace + "/secrets/" + name);
  }
}
