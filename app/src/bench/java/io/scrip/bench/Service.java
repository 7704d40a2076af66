package io.scrip.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The service as shipped, in a process of its own, with the stand-in issuer for tokens to call it
 * with.
 */
final class Service implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile("heap.*used (\\d+)K");
  private static final double KIB_PER_MIB = 1024;

  private final Program program;
  private final Path work;
  private final int port;
  private final int managementPort;
  private final int issuerPort;
  private final boolean onPostgres;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Service(
      Program program,
      Path work,
      int port,
      int managementPort,
      int issuerPort,
      boolean onPostgres) {
    this.onPostgres = onPostgres;
    this.program = program;
    this.work = work;
    this.port = port;
    this.managementPort = managementPort;
    this.issuerPort = issuerPort;
  }

  /**
   * What a service runs with.
   *
   * @param script {@code app/bin/scrip}
   * @param work the run's folder
   * @param data keys, and H2's file; shared by instances of one database
   * @param jdbcUrl of PostgreSQL; H2 in the data folder where empty
   * @param jvmOptions {@code -Xmx256m} and the like
   * @param environment more variables
   * @param issuer an instance whose issuer it trusts; it has one of its own where empty
   */
  record Setup(
      Path script,
      Path work,
      Path data,
      Optional<String> jdbcUrl,
      String jvmOptions,
      Map<String, String> environment,
      Optional<Service> issuer) {
    Setup jvm(String more) {
      return new Setup(
          script, work, data, jdbcUrl, (jvmOptions + " " + more).strip(), environment, issuer);
    }

    Setup with(Map<String, String> more) {
      return new Setup(script, work, data, jdbcUrl, jvmOptions, more, issuer);
    }

    Setup trusting(Service other) {
      return new Setup(script, work, data, jdbcUrl, jvmOptions, environment, Optional.of(other));
    }
  }

  private static Service begin(Setup setup) {
    int port = Ports.free();
    int managementPort = Ports.free();
    int issuerPort = setup.issuer().map(other -> other.issuerPort).orElseGet(Ports::free);
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JDK_JAVA_OPTIONS", setup.jvmOptions());
    environment.put("MICRONAUT_ENVIRONMENTS", "dev");
    environment.put("MICRONAUT_SERVER_PORT", "" + port);
    environment.put("ENDPOINTS_ALL_PORT", "" + managementPort);
    environment.put("SCRIP_ISSUER_PORT", "" + issuerPort);
    environment.put("SCRIP_ISSUER_ENABLED", "" + setup.issuer().isEmpty());
    environment.put("SCRIP_AUTH_ISSUERS_DEV_ISSUER", "http://127.0.0.1:" + issuerPort + "/");
    environment.put("SCRIP_DATA_FOLDER", setup.data().toString());
    setup.jdbcUrl().ifPresent(url -> environment.put("DATASOURCES_DEFAULT_URL", url));
    setup.jdbcUrl().ifPresent(_ -> environment.put("DATASOURCES_DEFAULT_USERNAME", "scrip"));
    environment.putAll(setup.environment());
    Program program =
        Program.start(
            "scrip", setup.work(), environment, List.of(setup.script().toString(), "serve"));
    return new Service(
        program, setup.work(), port, managementPort, issuerPort, setup.jdbcUrl().isPresent());
  }

  /** Starts it and waits until it is ready. */
  static Service start(Setup setup) {
    Service service = begin(setup);
    service.awaitReady();
    return service;
  }

  private void awaitReady() {
    program.await("ready", PATIENCE, POLL, this::isReady);
  }

  private boolean isReady() {
    try {
      return get(managementPort, "/health/readiness").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String issuer() {
    return "http://127.0.0.1:" + issuerPort + "/";
  }

  /** A fresh token of a caller who may do everything; it lives for an hour. */
  String bearer() {
    String form =
        "grant_type=client_credentials&client_id=dev-admin&client_secret=dev-admin&audience="
            + EchoServer.AUDIENCE;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + "oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    var found = ACCESS_TOKEN.matcher(sent(request).body());
    if (!found.find()) {
      throw new BenchException("the stand-in issuer gave no token");
    }
    return found.group(1);
  }

  HttpResponse<String> post(String path, String bearer, String json) {
    return sent(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + bearer)
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /**
   * Waits until what a load left in the journal's queue is done: one more call queues behind it.
   */
  void settle() {
    String bearer = bearer();
    String call = "{\"data\":\"4242424242424242\"}";
    program.await(
        "at rest", PATIENCE, POLL, () -> post("/v1/tokenize", bearer, call).statusCode() == 201);
  }

  long pid() {
    return program.pid();
  }

  /** Whether its database is a process of its own. */
  boolean isOnPostgres() {
    return onPostgres;
  }

  /** Resident memory, MiB. */
  double rss() {
    try {
      String status = Files.readString(Path.of("/proc/" + program.pid() + "/status"));
      return number(RSS, status) / KIB_PER_MIB;
    } catch (IOException failure) {
      requireAlive();
      throw new BenchException("no RSS", failure);
    }
  }

  /** What the heap holds after a full collection, MiB. */
  double heap() {
    jcmd("GC.run");
    return number(HEAP, jcmd("GC.heap_info")) / KIB_PER_MIB;
  }

  void requireAlive() {
    program.requireAlive();
  }

  private String jcmd(String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    return Program.run(
        "jcmd", work, Map.of(), List.of(jcmd.toString(), "" + program.pid(), command));
  }

  private static double number(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    if (!found.find()) {
      throw new BenchException("no " + pattern + " in:\n" + text);
    }
    return Double.parseDouble(found.group(1));
  }

  private HttpResponse<String> get(int port, String path) throws IOException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  private HttpResponse<String> sent(HttpRequest request) {
    try {
      return send(request);
    } catch (IOException failure) {
      requireAlive();
      throw new BenchException("no answer from " + request.uri(), failure);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      throw new BenchException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    program.close();
  }
}
