package io.scrip.crypto;

import io.micronaut.context.annotation.ConfigurationInject;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.scrip.identity.StartRefused;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A transit service of HashiCorp's kind (Vault, OpenBao), under {@code scrip.keys.transit}.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code address}<td>{@code https://vault.example.com:8200}; plain http to this very machine only
 * <tr><td>{@code mount}<td>where the transit engine is mounted, {@code transit}
 * <tr><td>{@code key}<td>the key that wraps, of type aes256-gcm96
 * <tr><td>{@code older-keys}<td>keys of the same mount that wrapped before, and still unwrap
 * <tr><td>{@code token-file}<td>holds a token, as an agent's sink does; read anew for each call
 * <tr><td>{@code role}<td>logs in by Kubernetes auth with this role instead
 * <tr><td>{@code auth-mount}<td>where that is mounted, {@code kubernetes}
 * <tr><td>{@code service-account-token-file}<td>what it logs in with, the pod's own token
 * <tr><td>{@code namespace}<td>sent along where set
 * <tr><td>{@code ca-file}<td>certificates of the authority that is trusted, and no other; PEM
 * </table>
 */
@ConfigurationProperties("scrip.keys.transit")
public final class TransitConfig {
  private static final String PREFIX = "scrip.keys.transit.";
  static final String ADDRESS = PREFIX + "address";
  static final String KEY = PREFIX + "key";
  static final String TOKEN_FILE = PREFIX + "token-file";
  static final String SERVICE_ACCOUNT_TOKEN_FILE = PREFIX + "service-account-token-file";
  static final String CA_FILE = PREFIX + "ca-file";
  private static final Path POD_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final String MOUNT = NamedEnvelope.NAME + "(/" + NamedEnvelope.NAME + "){0,5}";
  private static final String HEADER = "[!-~]{1,200}";

  /** None. */
  public static final TransitConfig NONE =
      new TransitConfig(null, null, null, null, null, null, null, null, null, null);

  private final Optional<URI> address;
  private final String mount;
  private final String key;
  private final List<String> olderKeys;
  private final Optional<Path> tokenFile;
  private final Optional<String> role;
  private final String authMount;
  private final Path serviceAccountTokenFile;
  private final Optional<String> namespace;
  private final Optional<Path> caFile;

  /** What is not set is null and takes its default. */
  @ConfigurationInject
  TransitConfig(
      @Nullable String address,
      @Nullable String mount,
      @Nullable String key,
      @Nullable List<String> olderKeys,
      @Nullable Path tokenFile,
      @Nullable String role,
      @Nullable String authMount,
      @Nullable Path serviceAccountTokenFile,
      @Nullable String namespace,
      @Nullable Path caFile) {
    boolean isSet = address != null && !address.isEmpty();
    boolean anything =
        Stream.of(mount, key, olderKeys, tokenFile, role, authMount, namespace, caFile)
            .anyMatch(part -> part != null);
    if (!isSet && (anything || serviceAccountTokenFile != null)) {
      throw new StartRefused(ADDRESS, "is not set, and other settings of the transit service are");
    }
    this.address = isSet ? Optional.of(safe(String.valueOf(address))) : Optional.empty();
    this.mount = named("mount", mount == null ? "transit" : mount, MOUNT);
    this.key = isSet ? named("key", key == null ? "" : key, NamedEnvelope.NAME) : "";
    this.olderKeys = olderKeys == null ? List.of() : List.copyOf(olderKeys);
    this.olderKeys.forEach(older -> named("older-keys", older, NamedEnvelope.NAME));
    this.tokenFile = Optional.ofNullable(tokenFile);
    this.role = Optional.ofNullable(role).map(value -> named("role", value, HEADER));
    this.authMount = named("auth-mount", authMount == null ? "kubernetes" : authMount, MOUNT);
    this.serviceAccountTokenFile =
        serviceAccountTokenFile == null ? POD_TOKEN : serviceAccountTokenFile;
    this.namespace = Optional.ofNullable(namespace).map(value -> named("namespace", value, HEADER));
    this.caFile = Optional.ofNullable(caFile);
    if (this.mount.length() > NamedEnvelope.MAX_NAME - 1 - 100) { // a slash and a key's name
      throw new StartRefused(PREFIX + "mount", "has at most 154 characters");
    }
    if (isSet && this.tokenFile.isPresent() == this.role.isPresent()) {
      throw new StartRefused(TOKEN_FILE, "set either this or " + PREFIX + "role");
    }
  }

  public boolean isConfigured() {
    return address.isPresent();
  }

  /** Without a slash at its end. */
  public Optional<URI> address() {
    return address;
  }

  public String mount() {
    return mount;
  }

  public String key() {
    return key;
  }

  public List<String> olderKeys() {
    return olderKeys;
  }

  public Optional<Path> tokenFile() {
    return tokenFile;
  }

  public Optional<String> role() {
    return role;
  }

  public String authMount() {
    return authMount;
  }

  public Path serviceAccountTokenFile() {
    return serviceAccountTokenFile;
  }

  public Optional<String> namespace() {
    return namespace;
  }

  public Optional<Path> caFile() {
    return caFile;
  }

  private static String named(String name, String value, String pattern) {
    if (!value.matches(pattern) || value.matches("(.*/)?\\.{1,2}(/.*)?")) {
      throw new StartRefused(PREFIX + name, "must match " + pattern);
    }
    return value;
  }

  /** Whoever answers there sees every key that is wrapped. */
  private static URI safe(String text) {
    URI uri;
    try {
      uri = new URI(text.replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw new StartRefused(ADDRESS, "is not a URI");
    }
    boolean https = "https".equals(uri.getScheme());
    if (uri.getHost() == null || (!https && !"http".equals(uri.getScheme()))) {
      throw new StartRefused(ADDRESS, "is not an absolute https URI");
    }
    if (!https && !LOOPBACK.contains(uri.getHost())) {
      throw new StartRefused(ADDRESS, "is plain http, where anyone on the way sees the keys");
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new StartRefused(ADDRESS, "must be scheme, host, port and path alone");
    }
    return uri;
  }
}
