package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.EmbeddedApplication;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code scrip train}: starts the service for development on a database in memory, calls it for a
 * while and ends. With {@code -XX:AOTCacheOutput} the JDK keeps what it learned on the way (JEP
 * 483, 515), and the next start is quicker. app/bin/aot-cache and the Dockerfile use it.
 */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Runs the service for a moment, for the JDK to make an AOT cache of.")
final class TrainCommand implements Callable<Integer> {
  private static final String JSON = "application/json";
  private static final String DATA = "{\"data\":\"4242424242424242\",\"template\":\"card\"}";

  @Option(names = "--calls", defaultValue = "2000", description = "tokenized and detokenized")
  private int calls;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("scrip-train");
    int port = freePort();
    int issuerPort = freePort();
    int managementPort = freePort();
    String issuer = "http://127.0.0.1:" + issuerPort + "/";
    Map<String, Object> settings =
        Map.of(
            "scrip.data-folder",
            folder.toString(),
            "datasources.default.url",
            "jdbc:h2:mem:train",
            "micronaut.server.port",
            port,
            "endpoints.all.port",
            managementPort,
            "scrip.issuer.port",
            issuerPort,
            "scrip.auth.issuers.dev.issuer",
            issuer);
    try (ApplicationContext context =
            ServeCommand.builder().environments("dev").properties(settings).build().start();
        HttpClient http = HttpClient.newHttpClient()) {
      context.getBean(EmbeddedApplication.class).start();
      send(http, request("http://127.0.0.1:" + managementPort + "/health/readiness").GET());
      exercise(http, "http://127.0.0.1:" + port + "/v1/", bearer(http, issuer));
    } finally {
      delete(folder);
    }
    loadDriver();
    return 0;
  }

  /**
   * PostgreSQL's, which the run on H2 did not need. It has classes for libraries we do not have.
   */
  private static void loadDriver() throws Exception {
    Class<?> driver = Class.forName("org.postgresql.Driver");
    URI place = driver.getProtectionDomain().getCodeSource().getLocation().toURI();
    try (JarFile jar = new JarFile(new File(place))) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("org/postgresql/.*\\.class")) {
          load(entry.getName().replace('/', '.').replaceFirst("\\.class$", ""));
        }
      }
    }
  }

  private static void load(String name) throws ClassNotFoundException {
    try {
      Class.forName(name, false, TrainCommand.class.getClassLoader());
    } catch (NoClassDefFoundError withoutItsLibrary) {
      // Nor will the service load it.
    }
  }

  private void exercise(HttpClient http, String api, String bearer) throws Exception {
    for (int i = 0; i < calls; i++) {
      String token = text(post(http, api + "tokenize", bearer, JSON, DATA), "token");
      post(http, api + "detokenize", bearer, JSON, "{\"token\":\"" + token + "\"}");
    }
    post(http, api + "tokenize/batch", bearer, JSON, "{\"items\":[" + DATA + "," + DATA + "]}");
  }

  private static String bearer(HttpClient http, String issuer) throws Exception {
    String form =
        "grant_type=client_credentials&client_id=dev-admin&client_secret=dev-admin&audience=https://api.scrip.local";
    return text(
        post(http, issuer + "oauth/token", "", "application/x-www-form-urlencoded", form),
        "access_token");
  }

  private static String post(HttpClient http, String url, String bearer, String type, String body)
      throws Exception {
    return send(
        http,
        request(url)
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + bearer)
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  private static String send(HttpClient http, HttpRequest.Builder request) throws Exception {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private static String text(String json, String field) {
    return json.replaceFirst(".*\"" + field + "\":\"([^\"]*)\".*", "$1");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
