package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process that makes and one that opens, on one database. */
@Timeout(600)
class PlanesTest {
  private static final int CONFIGURATION = 78;
  private static final int MISDIRECTED = 421;
  private static final String DATA = "{\"data\":\"for the other plane\"}";

  @TempDir static Path folder = Path.of("");

  private static final Issuer ISSUER = new Issuer();
  private static final TestDatabase DATABASE = Databases.postgres();
  private static Deployment both = new Deployment(Path.of(""), ISSUER, Map.of());
  private static List<Instance> instances = List.of();

  @BeforeAll
  static void start() {
    both = Deployment.onPostgres(folder, ISSUER, DATABASE);
    Instance reading = Instance.start(both.reading());
    instances = List.of(Instance.start(both.writing()), reading);
  }

  @AfterAll
  static void stop() {
    instances.forEach(Instance::close);
    DATABASE.close();
    ISSUER.close();
  }

  @Test
  void each_refuses_what_is_the_others_and_the_trail_says_so() {
    for (String call : List.of("tokenize", "encrypt")) {
      assertMisdirected(reading(), call, DATA);
      assertMisdirected(reading(), call + "/batch", "{\"items\":[" + DATA + "]}");
    }
    String token = "{\"token\":\"unknown\"}";
    String ciphertext = "{\"ciphertext\":\"none\"}";
    Map.of(
            "detokenize",
            token,
            "detokenize/batch",
            "{\"items\":[" + token + "]}",
            "tokens/lookup",
            token,
            "tokens/search",
            "{\"subject\":\"s\"}",
            "decrypt",
            ciphertext,
            "decrypt/batch",
            "{\"items\":[" + ciphertext + "]}",
            "rewrap",
            ciphertext,
            "rewrap/batch",
            "{\"items\":[" + ciphertext + "]}")
        .forEach((call, body) -> assertMisdirected(writing(), call, body));
  }

  private static void assertMisdirected(Instance instance, String call, String body) {
    String request = "misdirected-" + call.replace('/', '-');
    Answer answer = instance.post("/v1/" + call, body, request);
    assertThat(answer.status()).as(call).isEqualTo(MISDIRECTED);
    assertThat(answer.problem()).isEqualTo("wrong-plane");
    assertThat(Trail.of(instance.trail()).reasons(request)).containsOnly("refused wrong-plane");
  }

  @Test
  void what_one_makes_the_other_opens() {
    String token = writing().post("/v1/tokenize", DATA).text("token");
    assertThat(reading().open(token).text("data")).isEqualTo("for the other plane");
    String sealed = writing().post("/v1/encrypt", DATA).text("ciphertext");
    String opened =
        reading().post("/v1/decrypt", "{\"ciphertext\":\"" + sealed + "\"}").text("data");
    assertThat(opened).isEqualTo("for the other plane");
    String again =
        reading().post("/v1/rewrap", "{\"ciphertext\":\"" + sealed + "\"}").text("ciphertext");
    assertThat(reading().post("/v1/decrypt", "{\"ciphertext\":\"" + again + "\"}").text("data"))
        .isEqualTo("for the other plane");
  }

  @Test
  void whatever_needs_no_opening_is_done_by_both() {
    for (Instance instance : instances) {
      String token =
          writing().post("/v1/tokenize", "{\"data\":\"x\",\"ttl\":\"PT1H\"}").text("token");
      Answer renewed =
          instance.post("/v1/tokens/renew", "{\"token\":\"" + token + "\",\"ttl\":\"PT2H\"}");
      assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
      Answer revoked = instance.post("/v1/tokens/revoke", "{\"token\":\"" + token + "\"}");
      assertThat(revoked.text("revoked")).isEqualTo("1");
      assertThat(reading().open(token).status()).isEqualTo(404);
      String template = "{\"format\":\"uuid\"}";
      assertThat(instance.put("/v1/templates/any", template).status()).isIn(200, 201);
      Deployment.verifiedTrail(instance);
    }
  }

  /**
   * A value asked for again is found by its digest, and its token drawn again: nothing is opened.
   */
  @Test
  void a_write_plane_gives_the_same_token_again_without_opening_anything() {
    writing().put("/v1/templates/same", "{\"format\":\"opaque\",\"mode\":\"convergent\"}");
    String json = "{\"data\":\"again\",\"template\":\"same\"}";
    String token = writing().post("/v1/tokenize", json).text("token");
    assertThat(writing().post("/v1/tokenize", json).text("token")).isEqualTo(token);
  }

  @Test
  void a_write_plane_does_not_start_where_it_can_reach_a_seal_root() {
    assertRefused(both.with(Map.of("scrip.plane", "write")), "scrip.keys.seal-roots", "write");
  }

  @Test
  void a_read_plane_does_not_start_without_a_seal_root() {
    assertRefused(
        both.with(Map.of("scrip.plane", "read")).without("scrip.keys.seal-roots"),
        "scrip.keys.seal-roots",
        "is not set");
  }

  @Test
  void a_write_plane_that_comes_first_says_what_has_to_be_done() {
    try (TestDatabase empty = Databases.postgres()) {
      assertRefused(
          both.with(Map.of("datasources.default.url", Databases.postgresUrl(empty))).writing(),
          "scrip.plane",
          "start a read plane on this database first");
    }
  }

  private static void assertRefused(Deployment deployment, String... named) {
    var ended = Program.run(folder, deployment.settings());
    assertThat(ended.code()).as("%s", ended).isEqualTo(CONFIGURATION);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .startsWith("Scrip does not start. ")
        .contains(named)
        .hasSizeLessThan(300);
  }

  private static Instance writing() {
    return instances.getFirst();
  }

  private static Instance reading() {
    return instances.getLast();
  }
}
