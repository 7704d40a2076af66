package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.crypto.HeldKeys;
import io.scrip.crypto.Keyring;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import io.scrip.vault.Housekeeping;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on two instances, and what one learns of what the other has erased. */
class PostgresErasureTest extends ErasureContract {
  private final TestDatabase database = Databases.emptyPostgres();

  @SuppressWarnings("NullAway.Init")
  private TestServer other;

  @Override
  Map<String, Object> database() {
    return Map.of(
        "datasources.default.url",
        Databases.postgresUrl(database),
        "datasources.default.username",
        "postgres");
  }

  @BeforeAll
  void startOther() {
    other = TestServer.in(server().folder(), settings());
  }

  @AfterAll
  @Override
  void stop() {
    other.close();
    super.stop(); // closes its audit chains, where the next test would find them
    database.close();
  }

  @Override
  List<TestServer> instances() {
    return List.of(server(), other);
  }

  @Test
  void what_one_erased_is_erased_on_the_other_at_once() {
    open(other, "any"); // so that it knows of the rotations before: a draft made anew leaves a key
    for (int i = 0; i < 10; i++) {
      String subject = fresh("shared");
      String here = erasable(subject, "here");
      String there =
          other
              .post(
                  "/v1/tokenize", Json.of("data", "there", "subject", subject, "template", "goes"))
              .text("token");
      assertThat(open(other, here).status()).isEqualTo(200);
      Answer record = other.post(ERASE, Json.of("subject", subject));
      assertThat(record.text("keys")).isEqualTo("2"); // one of each instance
      assertThat(record.text("shredded")).isEqualTo("2");
      for (String token : List.of(here, there)) {
        Expect.problem(open(server(), token), 404, "token-not-found");
        Expect.problem(open(other, token), 404, "token-not-found");
      }
    }
  }

  @Test
  void a_copy_of_a_row_that_is_put_back_does_not_open_where_its_key_was_in_memory()
      throws SQLException {
    String subject = fresh("put-back");
    String token = erasable(subject, "x");
    assertThat(open(other, token).status())
        .isEqualTo(200); // opened there, so its key is kept there
    putBackAfter(subject);
    Expect.problem(open(other, token), 404, "token-not-found");
    Expect.problem(open(server(), token), 404, "token-not-found");
    var reasons =
        AuditContract.lines(server().post("/v1/audit/events", Json.of("subject", subject)), "event")
            .stream()
            .map(event -> Json.text(event, "reason"));
    assertThat(reasons).containsExactly("ok", "plain", "keys-1", "will-not-open", "will-not-open");
  }

  /** As a restored backup of the values would: the rows are back, and no mark is there. */
  private void putBackAfter(String subject) throws SQLException {
    database.execute("create table yesterday as select * from scrip.tokens");
    erase(subject);
    database.execute("delete from scrip.revocation_marks");
    database.execute("delete from scrip.tokens");
    database.execute("insert into scrip.tokens select * from yesterday");
    database.execute("drop table yesterday");
  }

  @Test
  void an_instance_that_nobody_asks_learns_of_an_erasure_with_its_next_round_of_housekeeping()
      throws Exception {
    String subject = fresh("idle");
    String token = erasable(subject, "x");
    assertThat(open(other, token).status()).isEqualTo(200);
    long key =
        Long.parseLong(
            database.ask("select max(id) from scrip_keys.data_keys where purpose = 'subject'"));
    assertThat(held(other)).contains(key);
    erase(subject);
    assertThat(held(server())).doesNotContain(key);
    other.context().getBean(Housekeeping.class).run();
    assertThat(held(other)).doesNotContain(key);
  }

  private static java.util.Set<Long> held(TestServer server) {
    return HeldKeys.ofSubjects(server.context().getBean(Keyring.class));
  }

  private static Answer open(TestServer server, String token) {
    return server.post("/v1/detokenize", Json.of("token", token));
  }
}
