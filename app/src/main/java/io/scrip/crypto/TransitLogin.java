package io.scrip.crypto;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.identity.StartRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where the token comes from that a transit service wants to see. */
sealed interface TransitLogin {
  /**
   * @throws KeyServiceUnavailable when there is none to be had
   */
  String token(Deadline deadline);

  /** The service no longer takes the last one. */
  void forget();

  static TransitLogin of(TransitConfig config, TransitHttp http) {
    return config
        .tokenFile()
        .<TransitLogin>map(FromFile::new)
        .orElseGet(
            () ->
                new ByKubernetes(
                    http,
                    config.authMount(),
                    config.role().orElseThrow(),
                    config.serviceAccountTokenFile()));
  }

  /** Someone else logs in and keeps the file up to date, as an agent does. */
  record FromFile(Path file) implements TransitLogin {
    @Override
    public String token(Deadline deadline) {
      return read(TransitConfig.TOKEN_FILE, file, false);
    }

    @Override
    public void forget() {
      // it is read anew each time
    }
  }

  /** Logs in with the token that the cluster gave this pod, and again when two thirds are over. */
  final class ByKubernetes implements TransitLogin {
    /** For a token that lives as long as the service: so that a new role is seen one day. */
    private static final Duration AT_MOST = Duration.ofHours(1);

    private final TransitHttp http;
    private final String mount;
    private final String role;
    private final Path serviceAccountToken;
    private Optional<String> token = Optional.empty();
    private long renewNanos;

    ByKubernetes(TransitHttp http, String mount, String role, Path serviceAccountToken) {
      this.http = http;
      this.mount = mount;
      this.role = role;
      this.serviceAccountToken = serviceAccountToken;
    }

    @Override
    public synchronized String token(Deadline deadline) {
      if (token.isPresent() && System.nanoTime() - renewNanos < 0) {
        return token.get();
      }
      return login(deadline);
    }

    @Override
    public synchronized void forget() {
      token = Optional.empty();
    }

    private String login(Deadline deadline) {
      String jwt = read(TransitConfig.SERVICE_ACCOUNT_TOKEN_FILE, serviceAccountToken, true);
      TransitReply reply =
          http.post(
              "/v1/auth/" + mount + "/login",
              Optional.empty(),
              Map.of("role", role, "jwt", jwt),
              deadline);
      if (!reply.isOk()) {
        throw new KeyServiceUnavailable(
            "the transit service answered " + reply.status() + " to the login");
      }
      Map<String, Object> auth = reply.part("auth");
      String made = printable(TransitReply.text(auth, "client_token"));
      long seconds = TransitReply.number(auth, "lease_duration");
      Duration lease = Duration.ofSeconds(Math.min(seconds, AT_MOST.toSeconds()));
      Duration renew = seconds == 0 ? AT_MOST : lease.multipliedBy(2).dividedBy(3);
      renewNanos = System.nanoTime() + renew.toNanos();
      token = Optional.of(made);
      return made;
    }

    private static String printable(String token) {
      if (!token.matches("[!-~]+")) {
        throw TransitReply.malformed();
      }
      return token;
    }

    @Override
    public String toString() {
      return "login as " + role;
    }
  }

  private static String read(String setting, Path file, boolean forOthersToo) {
    try {
      byte[] content = SecretFile.read(setting, file, forOthersToo);
      String text = new String(content, StandardCharsets.US_ASCII);
      Wipe.all(content);
      return text;
    } catch (StartRefused refused) { // the service is up already, and the file may come right again
      throw new KeyServiceUnavailable(String.valueOf(refused.getMessage()));
    }
  }
}
