package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micronaut.web.router.Router;
import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.http.OpenApiFixture.Example;
import io.scrip.http.OpenApiFixture.Operation;
import io.scrip.policy.Permission;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final String NOBODY = "nobody";

  private static TestServer server;
  private static OpenApiFixture document;

  @BeforeAll
  static void start() {
    Map<String, Object> clients = new HashMap<>();
    clients.put("scrip.issuer.clients." + NOBODY + ".expires-in", "1h");
    for (Permission permission : Permission.values()) {
      clients.put(
          "scrip.issuer.clients." + client(permission.word()) + ".scope", permission.word());
    }
    server = TestServer.start(clients);
    Answer answer =
        TestServer.send(HttpRequest.newBuilder(server.management("/openapi.yaml")).build());
    assertThat(answer.status()).isEqualTo(200);
    document = OpenApiFixture.parse(answer.body());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String client(String permission) {
    return "only-" + permission.replace(':', '-');
  }

  @Test
  void the_document_is_openapi_3_1_with_title_licence_server_and_bearer_tokens() {
    JsonNode root = document.root();
    assertThat(root.get("openapi").asText()).startsWith("3.1.");
    assertThat(root.at("/info/title").asText()).isEqualTo("Scrip");
    assertThat(root.at("/info/description").asText()).isNotBlank();
    assertThat(root.at("/info/license/name").asText()).isEqualTo("Apache-2.0");
    assertThat(root.get("servers")).isNotEmpty();
    assertThat(root.at("/components/securitySchemes/jwt/scheme").asText()).isEqualTo("bearer");
    assertThat(root.at("/components/securitySchemes/jwt/bearerFormat").asText()).isEqualTo("JWT");
  }

  @Test
  void every_route_of_the_api_is_documented_and_nothing_else() {
    Set<String> routes = new TreeSet<>();
    server
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(route -> route.getUriMatchTemplate().toString().startsWith("/v1"))
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .forEach(
            route -> routes.add(route.getHttpMethodName() + " " + route.getUriMatchTemplate()));
    assertThat(routes).hasSizeGreaterThan(14);
    assertThat(document.operations().stream().map(Operation::name))
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void every_operation_has_a_summary_of_its_own_and_names_its_permission() {
    List<Operation> operations = document.operations();
    assertThat(operations.stream().map(operation -> operation.node().get("summary").asText()))
        .doesNotHaveDuplicates();
    assertThat(operations.stream().map(operation -> operation.node().get("operationId").asText()))
        .doesNotHaveDuplicates();
    for (Operation operation : operations) {
      assertThat(operation.permissions()).as(operation.name()).isNotEmpty();
      assertThat(operation.node().get("description").asText()).contains(operation.permissions());
    }
  }

  @Test
  void every_operation_lists_the_problems_that_any_call_can_meet() {
    for (Operation operation : document.operations()) {
      Set<String> statuses =
          new TreeSet<>(List.of("400", "401", "403", "406", "431", "500", "503"));
      if (operation.node().has("requestBody")) {
        statuses.addAll(List.of("413", "415"));
      }
      for (String status : statuses) {
        JsonNode answer = operation.node().get("responses").path(status);
        assertThat(answer.at("/content/application~1problem+json/schema").isObject())
            .as(operation.name() + " " + status)
            .isTrue();
      }
      assertThat(operation.node().at("/responses/401/headers").has("WWW-Authenticate")).isTrue();
      assertThat(operation.node().at("/responses/503/headers").has("Retry-After")).isTrue();
    }
  }

  @Test
  void every_problem_type_is_documented() {
    EnumSet<ProblemType> anywhere =
        EnumSet.of(ProblemType.NOT_FOUND, ProblemType.METHOD_NOT_ALLOWED);
    String head = document.root().at("/info/description").asText();
    assertThat(anywhere).allSatisfy(type -> assertThat(head).contains(type.uri()));
    Set<String> named = new TreeSet<>();
    document
        .root()
        .get("paths")
        .findParents("allOf")
        .forEach(
            schema ->
                schema
                    .findValues("enum")
                    .forEach(words -> words.forEach(word -> named.add(word.asText()))));
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(anywhere).stream().map(ProblemType::uri).toList());
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> references = OpenApiFixture.references(document.root());
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference -> {
              assertThat(reference).startsWith("#/");
              assertThat(document.root().at(reference.substring(1)).isObject())
                  .as(reference)
                  .isTrue();
            });
  }

  @Test
  void every_example_is_valid_by_its_schema() {
    List<Example> examples =
        document.operations().stream()
            .flatMap(operation -> operation.allExamples().stream())
            .toList();
    assertThat(examples).hasSizeGreaterThan(20);
    assertThat(examples)
        .allSatisfy(
            example ->
                assertThat(document.check(example.schema(), example.value()))
                    .as(example.place())
                    .isEmpty());
  }

  @Test
  void every_body_has_an_example_and_refuses_a_field_more() {
    for (Operation operation : document.operations()) {
      if (operation.node().has("requestBody")) {
        assertThat(operation.requestExamples()).as(operation.name()).isNotEmpty();
      }
      for (Example example : operation.requestExamples()) {
        ObjectNode more = example.value().deepCopy();
        more.put("surprise", "yes");
        assertThat(document.check(example.schema(), more)).as(example.place()).isNotEmpty();
        assertThat(send("dev-admin", operation, more.toString()).status())
            .as(example.place())
            .isEqualTo(400);
      }
    }
  }

  @Test
  void every_example_is_understood_and_answered_as_documented() {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : document.operations()) {
      if (operation.requestExamples().isEmpty()) {
        checkAnswer(all, operation, operation.name(), send("dev-admin", operation, ""));
      }
      for (Example example : operation.requestExamples()) {
        checkAnswer(
            all,
            operation,
            example.place(),
            send("dev-admin", operation, example.value().toString()));
      }
    }
    all.assertAll();
  }

  /**
   * What an example may be answered with, where the key, job or ciphertext it names is not there.
   */
  private static Set<Integer> statuses(Operation operation) {
    return switch (operation.path()) {
      case "/v1/decrypt", "/v1/rewrap" -> Set.of(200, 422);
      case "/v1/keys/rekey" -> Set.of(202, 409);
      case "/v1/keys/destroy" -> Set.of(200, 409, 404);
      default -> Set.of(200, 201, 204, 404);
    };
  }

  private static void checkAnswer(
      SoftAssertions all, Operation operation, String place, Answer answer) {
    all.assertThat(statuses(operation)).as(place).contains(answer.status());
    operation
        .answer(answer.status())
        .ifPresentOrElse(
            documented -> checkBody(all, place, documented, answer),
            () ->
                all.fail(
                    place + " is answered with " + answer.status() + ", which is not documented"));
  }

  private static void checkBody(
      SoftAssertions all, String place, JsonNode documented, Answer answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!documented.has("content")) {
      all.assertThat(answer.body()).as(place).isEmpty();
      return;
    }
    JsonNode content = documented.get("content").path(type);
    all.assertThat(content.isObject()).as(place + " answers with " + type).isTrue();
    JsonNode body =
        type.endsWith("json") && !type.contains("ndjson")
            ? OpenApiFixture.json(answer.body())
            : TextNode.valueOf(answer.body());
    all.assertThat(document.check(content.get("schema"), body)).as(place).isEmpty();
  }

  @Test
  void the_documented_permission_opens_the_call_and_no_other_does() {
    for (Operation operation : document.operations()) {
      String body =
          operation.requestExamples().stream()
              .findFirst()
              .map(example -> example.value().toString())
              .orElse("");
      assertThat(send(NOBODY, operation, body).status()).as(operation.name()).isEqualTo(403);
      Arrays.stream(Permission.values())
          .map(Permission::word)
          .forEach(word -> checkPermission(operation, word, send(client(word), operation, body)));
    }
  }

  private static void checkPermission(Operation operation, String word, Answer answer) {
    String what = operation.name() + " with " + word;
    if (operation.permissions().contains(word)) {
      assertThat(statuses(operation)).as(what).contains(answer.status());
    } else {
      assertThat(answer.status()).as(what).isEqualTo(403);
      assertThat(answer.problem()).isEqualTo("access-denied");
    }
  }

  @Test
  void what_may_be_left_out_is_documented_as_such() {
    for (Operation operation : document.operations()) {
      operation
          .node()
          .path("parameters")
          .forEach(
              parameter ->
                  assertThat(parameter.path("required").asBoolean(false))
                      .as(operation.name() + " " + parameter.get("name").asText())
                      .isEqualTo(parameter.get("in").asText().equals("path")));
    }
  }

  @Test
  void neither_management_nor_the_stand_in_issuer_is_in_the_document() {
    assertThat(document.operations())
        .allSatisfy(operation -> assertThat(operation.path()).startsWith("/v1/"));
    assertThat(document.root().toString().toLowerCase(Locale.ROOT))
        .doesNotContain("oauth/token", "client_secret", "prometheus");
  }

  private static Answer send(String client, Operation operation, String body) {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    String path = operation.path().replace("{name}", "documented").replace("{id}", "1");
    return TestServer.send(
        server.request(client, path).method(operation.method(), publisher).build());
  }
}
