package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * One value, name, subject and metadatum go through every call there is, failing ones included,
 * together with the token made of them. Then everything that the service leaves behind is searched
 * for them.
 */
class NoLeaksTest {
  private static final String VALUE = "canary value 7f3a";
  private static final String NAME = "canary name 7f3a";
  private static final String SUBJECT = "canary subject 7f3a";
  private static final String METADATA = "canary metadata 7f3a";
  private static final String CARD = "4929123412341232";

  private final Map<String, StringBuilder> traces = new LinkedHashMap<>();
  private final List<String> secrets =
      new ArrayList<>(List.of(VALUE, NAME, SUBJECT, METADATA, CARD));

  @Test
  void on_h2_nothing_is_left_in_logs_metrics_answers_trail_or_file() throws Exception {
    Path folder = recorded(Map.of(), _ -> {});
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        remember("file " + file.getFileName(), Files.readAllBytes(file));
      }
    }
    assertThat(traces.keySet()).anyMatch(name -> name.endsWith(".mv.db"));
    search();
  }

  @Test
  void on_postgresql_nothing_is_left_in_any_row_of_any_table() throws Exception {
    try (var database = Databases.emptyPostgres()) {
      recorded(
          Map.of(
              "datasources.default.url",
              Databases.postgresUrl(database),
              "datasources.default.username",
              "postgres"),
          server -> dump(database.dataSource()));
      assertThat(traces.keySet())
          .contains(
              "table scrip.tokens", "table scrip_audit.audit_events", "table scrip_keys.data_keys");
      assertThat(traces.get("table scrip.tokens")).isNotBlank();
      search();
    }
  }

  /** The search would be worth nothing if it found nothing where something is. */
  @Test
  void the_search_finds_what_is_there_however_it_is_written() {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(
              contains(
                  new String(("x" + VALUE + "x").getBytes(charset), StandardCharsets.ISO_8859_1),
                  VALUE))
          .isTrue();
    }
    assertThat(
            contains(
                HexFormat.of().formatHex(("x" + VALUE).getBytes(StandardCharsets.UTF_8)), VALUE))
        .isTrue();
    assertThat(
            contains(
                Base64.getEncoder()
                    .encodeToString(("xyz" + VALUE).getBytes(StandardCharsets.UTF_8)),
                VALUE))
        .isTrue();
    assertThat(contains("canary", VALUE)).isFalse();
  }

  private Path recorded(
      Map<String, Object> database, java.util.function.Consumer<TestServer> whileItRuns) {
    Map<String, Object> settings = new HashMap<>(ApiContract.clients());
    settings.putAll(database);
    Path folder;
    try (Recording recording = new Recording()) {
      TestServer server = TestServer.start(settings);
      folder = server.folder();
      try (server) {
        exercise(server);
        remember("metrics", get(server, "/prometheus"));
        remember("health", get(server, "/health"));
        remember("trail", server.get("dev-admin", "/v1/audit/events"));
        remember(
            "trail of the subject", server.post("/v1/audit/events", Json.of("subject", SUBJECT)));
        remember("checkpoints", server.get("dev-admin", "/v1/audit/checkpoints"));
        whileItRuns.accept(server);
      }
      remember("logs", recording.logs());
      remember("standard output", recording.output());
      assertThat(recording.logs()).as("the recording hears the service").contains("io.scrip");
    }
    ProcessHandle.current()
        .info()
        .arguments()
        .ifPresent(arguments -> remember("arguments", String.join(" ", arguments)));
    remember("environment", System.getenv().toString());
    remember("properties", System.getProperties().toString());
    return folder;
  }

  private static Answer get(TestServer server, String path) {
    return TestServer.send(HttpRequest.newBuilder(server.management(path)).build());
  }

  private void exercise(TestServer server) {
    String full =
        Json.of(
            "data",
            VALUE,
            "name",
            NAME,
            "subject",
            SUBJECT,
            "metadata",
            Map.of("k", METADATA, METADATA, "v"));
    String token = server.post("/v1/tokenize", full).text("token");
    String card =
        server
            .post("/v1/tokenize", Json.of("data", CARD, "template", "card", "subject", SUBJECT))
            .text("token");
    Map<String, String> context = Map.of("k", METADATA);
    String ciphertext =
        server.post("/v1/encrypt", Json.of("data", VALUE, "context", context)).text("ciphertext");
    secrets.addAll(List.of(token, card, ciphertext));
    for (String client : List.of("dev-admin", "dev-reader", "nobody", "alpha")) {
      for (String body :
          List.of(
              Json.of("ciphertext", ciphertext, "context", context),
              Json.of("ciphertext", ciphertext),
              Json.of("ciphertext", VALUE, "context", context),
              Json.of("ciphertext", "scrip:v1:" + VALUE),
              Json.of("ciphertext", ciphertext, "context", Map.of(VALUE, NAME)))) {
        for (String path : List.of("/v1/decrypt", "/v1/rewrap")) {
          shown(path, server.post(client, path, body));
        }
      }
      shown("/v1/encrypt", server.post(client, "/v1/encrypt", Json.of("data", CARD)));
    }
    for (String client : List.of("dev-admin", "dev-masked", "nobody", "alpha", "dev-reader")) {
      for (String ref :
          List.of(
              Json.of("token", token),
              Json.of("name", NAME),
              Json.of("token", token + "x"),
              Json.of("token", VALUE))) {
        shown("/v1/detokenize", server.post(client, "/v1/detokenize", ref));
        shown("/v1/tokens/lookup", server.post(client, "/v1/tokens/lookup", ref));
        shown("/v1/tokens/renew", server.post(client, "/v1/tokens/renew", ref));
      }
      shown(
          "/v1/tokens/search",
          server.post(client, "/v1/tokens/search", Json.of("subject", SUBJECT)));
      shown(
          "/v1/tokens/search",
          server.post(client, "/v1/tokens/search", Json.of("data", VALUE, "template", "opaque")));
      shown(
          "/v1/audit/events",
          server.get(client, "/v1/audit/events?actor=" + VALUE.replace(" ", "%20")));
    }
    failing(server, token);
    for (String tree :
        List.of(
            Json.of("token", card),
            Json.of("subject", SUBJECT),
            Json.of("createdBy", NAME),
            Json.of("revealedTo", NAME, "since", "2020-01-01T00:00:00Z"))) {
      shown("/v1/tokens/revoke", server.post("/v1/tokens/revoke", tree));
    }
    shown("after the end", server.post("/v1/detokenize", Json.of("token", token)));
  }

  /** Values in every wrong place. */
  private void failing(TestServer server, String token) {
    for (String secret : List.of(VALUE, NAME, SUBJECT, METADATA, CARD, token)) {
      for (String body :
          List.of(
              Json.of(secret, "x"),
              Json.of("data", "x", secret, "y"),
              Json.of("data", "x", "template", secret),
              Json.of("data", secret, "template", "iban"),
              Json.of("data", secret, "template", "date"),
              Json.of("data", "x", "ttl", secret),
              Json.of("data", "x", "metadata", secret),
              Json.of("data", "x", "context", secret),
              Json.of("data", "x", "context", Map.of(secret, 1)),
              Json.of("data", secret, "name", NAME),
              Json.of("data", "x", "metadata", Map.of(secret, 1)),
              "{\"data\":\"" + secret,
              secret,
              "{\"" + secret + "\":1,\"" + secret + "\":2}",
              Json.of("data", secret.repeat(5_000)),
              Json.of("data", secret + "\ud800"),
              Json.of("token", token, "view", secret))) {
        for (String path :
            List.of(
                "/v1/tokenize",
                "/v1/encrypt",
                "/v1/decrypt",
                "/v1/rewrap",
                "/v1/detokenize",
                "/v1/tokens/lookup",
                "/v1/tokens/search",
                "/v1/tokens/renew",
                "/v1/tokens/revoke",
                "/v1/audit/events")) {
          problem(path, server.post(path, body));
        }
        problem(
            "batch",
            server.post(
                "/v1/tokenize/batch",
                Json.batch(List.of(body.startsWith("{") && body.endsWith("}") ? body : "1"))));
        problem("template", server.put("dev-admin", "/v1/templates/t", body));
      }
      problem("template", server.put("dev-admin", "/v1/templates/t", Json.of("format", secret)));
      problem(
          "template",
          server.put(
              "dev-admin",
              "/v1/templates/t",
              Json.of("format", "opaque", "options", Map.of(secret, secret))));
      problem(
          "template",
          server.put("dev-admin", "/v1/templates/t", Json.of("format", "opaque", "mask", secret)));
      problem(
          "template",
          server.put(
              "dev-admin",
              "/v1/templates/" + secret.replace(" ", "%20"),
              "{\"format\":\"nosuch\"}"));
      problem("address", server.get("dev-admin", "/v1/" + secret.replace(" ", "%20")));
      HttpRequest strange =
          server
              .request("dev-admin", "/v1/tokenize")
              .header("Idempotency-Key", secret + " x")
              .header("X-Request-Id", CARD)
              .header("Accept", "text/html")
              .POST(BodyPublishers.ofString(Json.of("data", secret)))
              .build();
      problem("headers", TestServer.send(strange));
      problem(
          "bearer",
          TestServer.send(
              HttpRequest.newBuilder(server.api("/v1/templates"))
                  .header("Authorization", "Bearer " + secret)
                  .build()));
    }
  }

  /** An answer that may show what was asked for; refusals may not. */
  private void shown(String what, Answer answer) {
    if (answer.status() >= 400) {
      problem(what, answer);
    }
    remember("headers of " + what, answer.headers().map().toString());
  }

  private void problem(String what, Answer answer) {
    if (answer.status() >= 400) {
      remember("problem of " + what, answer);
    }
  }

  private void remember(String where, Answer answer) {
    remember(where, answer.headers().map() + answer.body());
  }

  private void remember(String where, byte[] bytes) {
    remember(where, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private void remember(String where, String text) {
    traces.computeIfAbsent(where, _ -> new StringBuilder()).append(text).append('\n');
  }

  private void dump(DataSource database) {
    try (var connection = database.getConnection();
        var tables =
            connection.getMetaData().getTables(null, "scrip%", null, new String[] {"TABLE"})) {
      while (tables.next()) {
        String table = tables.getString("TABLE_SCHEM") + "." + tables.getString("TABLE_NAME");
        try (var statement = connection.createStatement();
            var rows = statement.executeQuery("select * from " + table)) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              Object value = rows.getObject(column);
              remember(
                  "table " + table,
                  value instanceof byte[] bytes
                      ? new String(bytes, StandardCharsets.ISO_8859_1)
                      : String.valueOf(value));
            }
          }
        }
      }
    } catch (java.sql.SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void search() {
    for (String secret : secrets) {
      traces.forEach(
          (where, text) ->
              assertThat(contains(text.toString(), secret))
                  .as("%s in %s", secret, where)
                  .isFalse());
    }
  }

  /** As it is, in UTF-16 of either order, in hex or in base64 of any alignment. */
  private static boolean contains(String text, String secret) {
    byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
    List<String> spellings =
        new ArrayList<>(
            List.of(
                new String(utf8, StandardCharsets.ISO_8859_1),
                HexFormat.of().formatHex(utf8),
                HexFormat.of().withUpperCase().formatHex(utf8)));
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      spellings.add(new String(secret.getBytes(charset), StandardCharsets.ISO_8859_1));
    }
    for (int shift = 0; shift < 3; shift++) {
      String shifted =
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(("x".repeat(shift) + secret).getBytes(StandardCharsets.UTF_8));
      spellings.add(shifted.substring(shift == 0 ? 0 : 4, shifted.length() - 4));
    }
    return spellings.stream().anyMatch(text::contains);
  }

  /** Everything that is logged, finer than anybody would, and all that is printed. */
  private static final class Recording extends AppenderBase<ILoggingEvent>
      implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("io.scrip");

    Recording() {
      PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
      System.setOut(both);
      System.setErr(both);
      start();
      root.addAppender(this);
      own.setLevel(Level.TRACE);
    }

    @Override
    protected void append(ILoggingEvent event) {
      String failure =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + failure);
    }

    String logs() {
      return String.join("\n", lines);
    }

    String output() {
      return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      System.setOut(out);
      System.setErr(err);
      root.detachAppender(this);
      own.setLevel(null);
    }
  }

  @Test
  void nothing_that_a_request_becomes_prints_what_it_holds() {
    JsonBody body =
        JsonBodyReader.read(
            null,
            Json.of(
                    "data",
                    VALUE,
                    "name",
                    NAME,
                    "subject",
                    SUBJECT,
                    "metadata",
                    Map.of("k", METADATA))
                .getBytes(StandardCharsets.UTF_8));
    Requests requests =
        new Requests(
            new Limits(
                new io.scrip.vault.LimitsConfig(
                    65536, 1000, 16, 4096, 256, 1000, 16, java.time.Duration.ofDays(1), 600)));
    var tokenize = requests.tokenize(body.root());
    var byName =
        requests.detokenize(
            JsonBodyReader.read(null, Json.of("name", NAME).getBytes(StandardCharsets.UTF_8))
                .root());
    var info =
        new io.scrip.vault.TokenInfo(
            new io.scrip.identity.Token(CARD),
            "card",
            java.time.Instant.now(),
            java.util.Optional.empty(),
            tokenize.name(),
            tokenize.subject(),
            tokenize.metadata());
    var response = TokenResponse.of(info);
    var revealed =
        new io.scrip.vault.Detokenizer.Revealed(
            tokenize.data(), io.scrip.policy.View.PLAIN, "card");
    var ciphertext =
        JsonBodyReader.read(
                null,
                Json.of("ciphertext", VALUE, "context", Map.of("k", METADATA))
                    .getBytes(StandardCharsets.UTF_8))
            .root();
    var encrypt =
        JsonBodyReader.read(
                null,
                Json.of("data", VALUE, "context", Map.of(METADATA, NAME))
                    .getBytes(StandardCharsets.UTF_8))
            .root();
    for (Object object :
        List.of(
            requests.encrypt(encrypt),
            requests.encrypt(encrypt).context(),
            requests.decrypt(ciphertext),
            requests.rewrap(ciphertext),
            new CiphertextResponse(VALUE),
            CiphertextItem.of(java.util.Optional.of("ref"), VALUE),
            new DecryptResponse(tokenize.data()),
            DecryptItem.of(java.util.Optional.of("ref"), tokenize.data()),
            body,
            body.root(),
            tokenize,
            byName,
            byName.ref(),
            info,
            response,
            new TokensController.SearchResponse(List.of(response), java.util.Optional.empty()),
            TokenizeItem.of(java.util.Optional.of("ref"), response),
            new Batch.Results<>(List.of(TokenizeItem.of(java.util.Optional.empty(), response))),
            revealed,
            DetokenizeResponse.of(revealed),
            DetokenizeItem.of(java.util.Optional.empty(), DetokenizeResponse.of(revealed)),
            new io.scrip.vault.Searcher.Page(List.of(info), java.util.Optional.empty()),
            new io.scrip.vault.Searcher.By.Subject(SUBJECT),
            new io.scrip.vault.Searcher.By.Value(tokenize.data(), "card"),
            new io.scrip.vault.Revoker.What.OfSubject(SUBJECT),
            new io.scrip.vault.Revoker.What.One(byName.ref()))) {
      for (String secret : List.of(VALUE, NAME, SUBJECT, METADATA, CARD)) {
        assertThat(object.toString()).as(object.getClass().getName()).doesNotContain(secret);
      }
    }
  }
}
