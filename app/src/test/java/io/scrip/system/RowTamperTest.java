package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pitfall 3: someone who can write to the database changes rows, and gets nothing by it but a line
 * in the audit trail.
 */
class RowTamperTest {
  private static final long SEED = 20261121;
  private static final Random RANDOM = new Random(SEED);
  private static final TestDatabase POSTGRES = Databases.postgres();
  private static List<TestServer> servers = List.of();

  @BeforeAll
  static void start() {
    Map<String, Object> onPostgres =
        Map.of(
            "datasources.default.url",
            Databases.postgresUrl(POSTGRES),
            "datasources.default.username",
            "postgres");
    servers = List.of(TestServer.onH2(), TestServer.start(onPostgres));
    for (TestServer server : servers) {
      server.put("dev-admin", "/v1/templates/whole", "{\"format\":\"opaque\",\"searchable\":true}");
    }
  }

  @AfterAll
  static void stop() {
    servers.forEach(TestServer::close);
    POSTGRES.close();
  }

  static Stream<TestServer> databases() {
    return servers.stream();
  }

  static Stream<Arguments> changes() {
    return Stream.of(
            "tenant = 'other'",
            "template = 'uuid'",
            "template_revision = template_revision + 1",
            "created_at = created_at + interval '1' second",
            "expires_at = expires_at + interval '1' day",
            "expires_at = null",
            "catalog_version = catalog_version + 1",
            "derivation_key = derivation_key + 1",
            "derivation_try = derivation_try + 1",
            "digest_version = digest_version + 1",
            "digest_version = 0",
            "data_key_id = data_key_id + 1000",
            "creator = value_digest",
            "value_digest = creator",
            "value_digest = null",
            "convergence = creator",
            "origin = creator",
            "name = null",
            "subject = null",
            "subject = creator",
            "row_mac = sealed",
            "sealed = row_mac",
            "record = '00000000-0000-4000-8000-000000000000'")
        .flatMap(change -> databases().map(server -> Arguments.of(change, server)));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("changes")
  void a_row_with_another_value_in_a_column_does_not_open(String change, TestServer server)
      throws Exception {
    Made made = make(server);
    execute(server, "update scrip.tokens set " + change + " where record = ?", made.record);
    assertRefused(server, "{\"token\":\"" + made.token + "\"}", "will-not-open");
    execute(server, "delete from scrip.tokens where token = ?", made.column("token"));
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void a_flipped_bit_anywhere_in_the_sealed_record_refuses_to_open(TestServer server)
      throws Exception {
    Made made = make(server);
    byte[] sealed = (byte[]) made.column("sealed");
    for (int i = 0; i < 24; i++) {
      byte[] flipped = sealed.clone();
      int bit = i < 8 ? i * 8 : RANDOM.nextInt(sealed.length * 8);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      execute(server, "update scrip.tokens set sealed = ? where record = ?", flipped, made.record);
      assertRefused(server, "{\"token\":\"" + made.token + "\"}", "will-not-open");
    }
    execute(server, "update scrip.tokens set sealed = ? where record = ?", sealed, made.record);
    assertThat(server.post("/v1/detokenize", "{\"token\":\"" + made.token + "\"}").text("data"))
        .isEqualTo(made.value);
  }

  static Stream<Arguments> swaps() {
    return Stream.of("sealed", "token", "row_mac", "subject", "value_digest")
        .flatMap(column -> databases().map(server -> Arguments.of(column, server)));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("swaps")
  void what_two_rows_swapped_opens_neither(String column, TestServer server) throws Exception {
    Made rich = make(server);
    Made poor = make(server);
    swap(server, column, rich, poor);
    assertRefused(server, "{\"token\":\"" + rich.token + "\"}", "will-not-open");
    assertRefused(server, "{\"token\":\"" + poor.token + "\"}", "will-not-open");
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void a_name_moved_to_another_row_opens_neither_by_name_nor_by_token(TestServer server)
      throws Exception {
    Made rich = make(server);
    Made poor = make(server);
    swap(server, "name", rich, poor);
    for (Made made : List.of(rich, poor)) {
      assertRefused(server, "{\"name\":\"" + made.name + "\"}", "will-not-open");
      assertRefused(server, "{\"token\":\"" + made.token + "\"}", "will-not-open");
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void a_revoked_row_brought_back_stays_dead(TestServer server) throws Exception {
    Made made = make(server);
    assertThat(server.post("/v1/tokens/revoke", "{\"token\":\"" + made.token + "\"}").status())
        .isEqualTo(200);
    assertRefused(server, "{\"token\":\"" + made.token + "\"}", "revoked");
    execute(server, "update scrip.tokens set revoked_at = null where record = ?", made.record);
    assertRefused(server, "{\"token\":\"" + made.token + "\"}", "will-not-open");
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void a_row_that_a_tree_revocation_ended_is_not_made_younger(TestServer server) throws Exception {
    Made made = make(server);
    server.post("/v1/tokens/revoke", "{\"subject\":\"" + made.subject + "\"}");
    assertRefused(server, "{\"token\":\"" + made.token + "\"}", "revoked");
    execute(
        server, "update scrip.tokens set catalog_version = 1000000 where record = ?", made.record);
    assertRefused(server, "{\"token\":\"" + made.token + "\"}", "will-not-open");
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void an_expired_row_given_a_longer_life_stays_dead(TestServer server) throws Exception {
    Made made = make(server);
    execute(
        server, "update scrip.tokens set expires_at = created_at where record = ?", made.record);
    assertRefused(server, "{\"token\":\"" + made.token + "\"}", "expired");
    execute(
        server,
        "update scrip.tokens set expires_at = created_at + interval '2' day where record = ?",
        made.record);
    assertRefused(server, "{\"token\":\"" + made.token + "\"}", "will-not-open");
  }

  private static void assertRefused(TestServer server, String json, String reason)
      throws SQLException {
    String requestId = UUID.randomUUID().toString();
    Answer answer =
        TestServer.send(
            server
                .request("dev-admin", "/v1/detokenize")
                .header("X-Request-Id", requestId)
                .POST(BodyPublishers.ofString(json))
                .build());
    assertThat(answer.status()).as("seed %d: %s", SEED, answer.body()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("token-not-found");
    assertThat(events(server, requestId)).containsExactly("refused " + reason);
  }

  private static List<String> events(TestServer server, String requestId) throws SQLException {
    String select = "select outcome, reason from scrip_audit.audit_events where request_id = ?";
    try (Connection connection = connect(server);
        PreparedStatement statement = prepare(connection, select, requestId);
        ResultSet events = statement.executeQuery()) {
      var found = Stream.<String>builder();
      while (events.next()) {
        found.add(events.getString(1) + " " + events.getString(2));
      }
      return found.build().toList();
    }
  }

  /** With something in each column. */
  private static Made make(TestServer server) throws SQLException {
    String id = UUID.randomUUID().toString();
    Answer answer =
        server.post(
            "/v1/tokenize",
            "{\"data\":\"data-%1$s\",\"name\":\"name-%1$s\",\"subject\":\"subject-%1$s\",\"ttl\":\"P1D\",\"template\":\"whole\"}"
                .formatted(id));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String newest =
        "select record, token, name, subject, value_digest, creator, sealed, row_mac from scrip.tokens order by created_at desc";
    try (Connection connection = connect(server);
        PreparedStatement statement = connection.prepareStatement(newest)) {
      statement.setMaxRows(1);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Made(
            answer.text("token"),
            "data-" + id,
            "name-" + id,
            "subject-" + id,
            row.getObject("record", UUID.class),
            Map.of(
                "token", row.getObject("token", UUID.class),
                "name", row.getObject("name", UUID.class),
                "subject", row.getObject("subject", UUID.class),
                "value_digest", row.getObject("value_digest", UUID.class),
                "creator", row.getObject("creator", UUID.class),
                "sealed", row.getBytes("sealed"),
                "row_mac", row.getBytes("row_mac")));
      }
    }
  }

  /** By way of a third value, since most of these columns are unique. */
  private static void swap(TestServer server, String column, Made one, Made other)
      throws SQLException {
    String update = "update scrip.tokens set " + column + " = ? where record = ?";
    execute(server, update, third(one.column(column)), one.record);
    execute(server, update, one.column(column), other.record);
    execute(server, update, other.column(column), one.record);
  }

  private static Object third(Object value) {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return value instanceof UUID ? UUID.nameUUIDFromBytes(random) : random;
  }

  private static void execute(TestServer server, String sql, Object... values) throws SQLException {
    try (Connection connection = connect(server);
        PreparedStatement statement = prepare(connection, sql, values)) {
      assertThat(statement.executeUpdate()).as(sql).isEqualTo(1);
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** The service's own pool, which for H2 is the only way into its file. */
  private static Connection connect(TestServer server) throws SQLException {
    DataSource pool = server.context().getBean(DataSource.class);
    return pool.getConnection();
  }

  /** A token with its row as it was written. */
  private record Made(
      String token,
      String value,
      String name,
      String subject,
      UUID record,
      Map<String, Object> columns) {
    Object column(String name) {
      return java.util.Objects.requireNonNull(columns.get(name));
    }
  }
}
