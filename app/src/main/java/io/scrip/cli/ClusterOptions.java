package io.scrip.cli;

import io.scrip.auth.SafeUri;
import io.scrip.gateway.ClusterAddress;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the cluster is; inside a pod everything is known by itself. */
final class ClusterOptions {
  /** Where the kubelet mounts it; its file namespace says where we are. */
  static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /** RFC 1123 label: it becomes a part of an address. */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "The KongConsumer's namespace. In a pod: its own.")
  private @Nullable String namespace;

  @Option(
      names = "--api-server",
      paramLabel = "URL",
      description = {
        "The Kubernetes API; plain http on this machine only, as `kubectl proxy` has it. In a pod: the "
            + "cluster's own, with the pod's token and the cluster's certificates."
      })
  private @Nullable String apiServer;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The bearer token for --api-server.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust for --api-server.")
  private @Nullable Path caFile;

  /**
   * @throws StartRefused when something is neither given nor known
   */
  ClusterAddress address(Map<String, String> environment, Path serviceAccount) {
    return apiServer == null
        ? ofPod(environment, serviceAccount)
        : new ClusterAddress(
            server(apiServer),
            requireNamespace(serviceAccount),
            Optional.ofNullable(tokenFile),
            Optional.ofNullable(caFile));
  }

  /**
   * Before anybody is asked for anything.
   *
   * @throws StartRefused when what was given is none
   */
  void requireNamespaceToBeOne() {
    if (namespace != null) {
      checked(namespace);
    }
  }

  Optional<String> givenNamespace() {
    return Optional.ofNullable(namespace);
  }

  private ClusterAddress ofPod(Map<String, String> environment, Path serviceAccount) {
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    if (host == null) {
      throw new StartRefused("--api-server", "is missing, and this is no pod");
    }
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return new ClusterAddress(
        server("https://" + literal + ":" + port),
        requireNamespace(serviceAccount),
        Optional.of(tokenFile == null ? serviceAccount.resolve("token") : tokenFile),
        Optional.of(caFile == null ? serviceAccount.resolve("ca.crt") : caFile));
  }

  private static URI server(String text) {
    URI server = SafeUri.parse("--api-server", text);
    SafeUri.require("--api-server", server, Stage.PRODUCTION);
    if (!server.getRawPath().replace("/", "").isEmpty() || server.getRawUserInfo() != null) {
      throw new StartRefused("--api-server", "takes a scheme, a host and a port, no more");
    }
    return server;
  }

  private String requireNamespace(Path serviceAccount) {
    if (namespace != null) {
      return checked(namespace);
    }
    try {
      return checked(Files.readString(serviceAccount.resolve("namespace")).strip());
    } catch (IOException e) {
      throw new StartRefused("--namespace", "is missing, and this is no pod");
    }
  }

  private static String checked(String name) {
    if (!NAMESPACE.matcher(name).matches()) {
      throw new StartRefused("--namespace", "is no name of a namespace");
    }
    return name;
  }
}
