package io.scrip.gateway;

import static io.scrip.gateway.ClusterSecrets.SEATS;
import static io.scrip.gateway.TestJwk.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scrip.auth.BoundedClient;
import io.scrip.gateway.GatewayException.StoreUnusable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSecretsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final FakeCluster cluster = new FakeCluster();

  @TempDir Path folder;
  private Path token = Path.of("");
  private Instant now = Instant.parse("2026-11-21T12:00:00.123456Z");

  @BeforeEach
  void writeToken() throws Exception {
    token = Files.writeString(folder.resolve("token"), FakeCluster.TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Reconciler reconciler() {
    ClusterAddress address =
        new ClusterAddress(
            URI.create(cluster.address()), "scrip", Optional.of(token), Optional.empty());
    BoundedClient.Limits limits =
        new BoundedClient.Limits(Duration.ofSeconds(3), Duration.ofSeconds(10), 65_536);
    return new Reconciler(new ClusterSecrets(address, limits), DAY, () -> now);
  }

  private Plan sync(String... kids) throws Exception {
    return reconciler().reconcile(published(kids));
  }

  @Test
  void the_seats_are_those_that_the_consumer_names() throws Exception {
    Path consumer = Path.of("../kong/resources/common/kong-consumer.yaml");
    Object resource = YamlTree.documents(Files.readString(consumer)).getFirst();
    assertThat(SEATS).hasSameElementsAs(YamlTree.texts(resource, "credentials"));
  }

  @Test
  void a_cluster_without_them_gets_all_three_in_the_form_of_the_example() throws Exception {
    sync("a", "b");
    assertThat(cluster.kong()).containsExactly("a", "b");
    for (String name : SEATS) {
      ObjectNode secret = cluster.secret(name);
      assertThat(secret.path("metadata").path("labels").path("konghq.com/credential").asText())
          .isEqualTo("jwt");
      assertThat(secret.path("data").fieldNames())
          .toIterable()
          .containsExactly("key", "algorithm", "rsa_public_key");
      assertThat(FakeCluster.text(secret, "algorithm")).isEqualTo("RS256");
      assertThat(FakeCluster.text(secret, "rsa_public_key"))
          .startsWith("-----BEGIN PUBLIC KEY-----\n")
          .endsWith("\n-----END PUBLIC KEY-----\n");
    }
  }

  @Test
  void the_second_run_sends_no_write() throws Exception {
    sync("a", "b");
    int writes = cluster.writes().size();
    assertThat(sync("a", "b").isEmpty()).isTrue();
    assertThat(sync("b", "a").isEmpty()).isTrue();
    assertThat(cluster.writes()).hasSize(writes);
  }

  /**
   * Three keys come, sign, leave and go; whoever signs at a step, and whoever signed at the step
   * before, is known to Kong after every single write.
   */
  @Test
  void rotation_drill_no_caller_sees_a_failure_at_any_step() throws Exception {
    step(List.of("k1", "k2"), "k1");
    step(List.of("k1", "k2", "k3"), "k1", "k2"); // rotated: k2 signs, tokens of k1 live
    step(List.of("k2", "k3"), "k1", "k2"); // k1 revoked, a little early
    later(DAY);
    step(List.of("k2", "k3"), "k2");
    assertThat(cluster.kong()).as("k1 is gone").containsExactly("k2", "k3");
    step(List.of("k2", "k3", "k4"), "k2", "k3"); // rotated again: k3 signs
    step(List.of("k3", "k4"), "k2", "k3");
    later(DAY);
    step(List.of("k3", "k4"), "k3");
    step(List.of("k4", "k5", "k3"), "k3", "k4"); // and again, in another order
    later(DAY);
    step(List.of("k5", "k4"), "k4");
    later(DAY);
    step(List.of("k5", "k4"), "k4");
    assertThat(cluster.kong()).containsExactly("k4", "k5");
  }

  private void step(List<String> publishes, String... used) throws Exception {
    int before = cluster.history().size();
    sync(publishes.toArray(String[]::new));
    for (List<String> kong : cluster.history().subList(before, cluster.history().size())) {
      if (before > 0) { // the very first keys come one by one
        assertThat(kong).contains(used);
      }
    }
    assertThat(cluster.kong()).contains(used).containsAll(publishes);
    int writes = cluster.writes().size();
    assertThat(sync(publishes.toArray(String[]::new)).isEmpty()).as("run twice").isTrue();
    assertThat(cluster.writes()).hasSize(writes);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  @Test
  void when_a_key_was_seen_to_leave_is_written_down_beside_it_to_the_second() throws Exception {
    sync("a", "b");
    sync("b");
    assertThat(
            cluster
                .secret(SEATS.getFirst())
                .path("metadata")
                .path("annotations")
                .path("scrip.io/withdrawn")
                .asText())
        .isEqualTo("2026-11-21T12:00:00Z");
    sync("a", "b");
    assertThat(
            cluster
                .secret(SEATS.getFirst())
                .path("metadata")
                .path("annotations")
                .has("scrip.io/withdrawn"))
        .isFalse();
  }

  @Test
  void with_the_role_of_the_cron_job_it_works_once_the_secrets_are_there() throws Exception {
    cluster.forbidsCreate();
    assertThatThrownBy(() -> sync("a", "b"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("cannot create scrip-auth0-current")
        .hasMessageContaining("403, cannot create");
    for (String name : SEATS) {
      cluster.put(
          name,
          SecretObject.with(SecretObject.empty(name), Credential.of(name, new Held.Vacant())));
    }
    sync("a", "b");
    assertThat(cluster.kong()).containsExactly("a", "b");
    assertThat(cluster.writes())
        .containsExactly("POST ", "PUT scrip-auth0-current", "PUT scrip-auth0-next");
  }

  @Test
  void what_kubectl_made_of_the_printed_secrets_is_left_alone() throws Exception {
    Plan printed = new Reconciler(new EmptySecrets(), DAY, () -> now).plan(published("a", "b"));
    for (Object document : YamlTree.documents(SecretsYaml.of(printed, Optional.of("scrip")))) {
      cluster.put(YamlTree.text(document, "metadata", "name"), applied(document));
    }
    assertThat(sync("a", "b").isEmpty()).isTrue();
    assertThat(cluster.writes()).isEmpty();
  }

  /** As the API server does: stringData becomes data. */
  private static ObjectNode applied(Object document) throws Exception {
    ObjectNode secret = new ObjectMapper().valueToTree(document);
    ObjectNode data = secret.putObject("data");
    secret
        .remove("stringData")
        .properties()
        .forEach(
            field ->
                data.put(
                    field.getKey(),
                    Base64.getEncoder()
                        .encodeToString(
                            field.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    return secret;
  }

  @Test
  void a_secret_without_our_label_is_refused_and_nothing_is_written() throws Exception {
    sync("a", "b");
    for (String label : new String[] {"", "key-auth"}) {
      ObjectNode foreign = cluster.secret("scrip-auth0-previous");
      ((ObjectNode) foreign.path("metadata"))
          .putObject("labels")
          .put("konghq.com/credential", label);
      cluster.put("scrip-auth0-previous", foreign);
      int writes = cluster.writes().size();
      assertThatThrownBy(() -> sync("a", "b", "c"))
          .isInstanceOf(StoreUnusable.class)
          .hasMessageContaining("scrip-auth0-previous lacks the label konghq.com/credential: jwt");
      assertThat(cluster.writes()).hasSize(writes);
    }
  }

  @Test
  void no_other_secret_is_ever_asked_for() throws Exception {
    sync("a", "b");
    sync("b", "c");
    assertThat(cluster.calls())
        .allMatch(
            call -> call.equals("POST ") || SEATS.contains(call.replaceFirst("^[A-Z]+ ", "")));
  }

  @Test
  void what_others_wrote_into_the_metadata_stays() throws Exception {
    sync("a", "b");
    ObjectNode labelled = cluster.secret("scrip-auth0-previous");
    labelled.withObjectProperty("metadata").withObjectProperty("labels").put("team", "payments");
    labelled.withObjectProperty("metadata").withObjectProperty("annotations").put("note", "ours");
    cluster.put("scrip-auth0-previous", labelled);
    sync("a", "b", "c");
    ObjectNode after = cluster.secret("scrip-auth0-previous");
    assertThat(FakeCluster.text(after, "key")).isEqualTo("c");
    assertThat(after.at("/metadata/labels/team").asText()).isEqualTo("payments");
    assertThat(after.at("/metadata/annotations/note").asText()).isEqualTo("ours");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "another key",
        "no pem",
        "certificate",
        "another algorithm",
        "one more field",
        "line break"
      })
  void what_somebody_spoiled_is_mended_where_it_is(String how) throws Exception {
    sync("a", "b");
    ObjectNode secret = cluster.secret("scrip-auth0-next");
    spoil(how, (ObjectNode) secret.path("data"));
    cluster.put("scrip-auth0-next", secret);
    sync("a", "b");
    assertThat(FakeCluster.text(cluster.secret("scrip-auth0-next"), "key")).isEqualTo("b");
    assertThat(FakeCluster.text(cluster.secret("scrip-auth0-next"), "rsa_public_key"))
        .isEqualTo(TestJwk.verifying("b").pem());
    assertThat(cluster.kong()).containsExactly("a", "b");
    assertThat(sync("a", "b").isEmpty()).isTrue();
  }

  private static void spoil(String how, ObjectNode data) {
    switch (how) {
      case "another key" -> data.put("rsa_public_key", base64(TestJwk.verifying("x").pem()));
      case "no pem" -> data.put("rsa_public_key", base64("-----BEGIN PUBLIC KEY-----"));
      case "certificate" ->
          data.put(
              "rsa_public_key",
              base64(TestJwk.verifying("b").pem().replace("PUBLIC KEY", "CERTIFICATE")));
      case "another algorithm" -> data.put("algorithm", base64("HS256"));
      case "one more field" -> data.put("secret", base64("s"));
      default ->
          data.put("key", base64("b\n")); // every byte counts: Kong looks for b and a line break
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void who_comes_too_late_reads_again_and_what_the_other_wrote_counts() throws Exception {
    sync("a", "b");
    cluster.hasARival();
    assertThat(sync("a", "b", "rival").isEmpty()).as("nothing was left to do").isTrue();
    assertThat(cluster.kong()).containsExactly("a", "b", "rival");
  }

  @Test
  void conflicts_are_tried_again_but_not_for_ever() throws Exception {
    sync("a", "b");
    cluster.conflicts(4);
    sync("a", "b", "c");
    assertThat(cluster.kong()).containsExactly("a", "b", "c");
    cluster.conflicts(5);
    assertThatThrownBy(() -> sync("a", "b", "d"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("somebody else keeps changing");
    assertThat(cluster.kong()).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 422, 429, 500, 503})
  void another_answer_of_the_cluster_ends_it_and_is_named_with_its_reason(int status) {
    cluster.answersOnly(status);
    assertThatThrownBy(() -> sync("a", "b"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining(status + ", as you like");
  }

  @Test
  void an_answer_that_is_no_secret_is_not_taken_for_one() {
    cluster.answersOnly(200);
    assertThatThrownBy(() -> sync("a", "b"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("lacks the label");
  }

  @Test
  void the_token_is_read_anew_for_each_call_and_never_named() throws Exception {
    Files.writeString(token, "stolen");
    assertThatThrownBy(() -> sync("a", "b"))
        .hasMessageContaining("401")
        .hasMessageNotContaining("stolen");
    Files.writeString(token, FakeCluster.TOKEN);
    sync("a", "b");
    Files.delete(token);
    assertThatThrownBy(() -> sync("a", "b")).hasMessageContaining("token file");
  }

  @Test
  void nobody_there_is_a_failure_with_a_reason() {
    cluster.close();
    assertThatThrownBy(() -> sync("a", "b"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("cannot read scrip-auth0-current");
  }

  @Test
  void planning_writes_nothing() throws Exception {
    assertThat(reconciler().plan(published("a", "b")).changes()).hasSize(3);
    assertThat(cluster.writes()).isEmpty();
  }
}
