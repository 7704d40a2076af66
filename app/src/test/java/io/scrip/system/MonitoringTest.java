package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import io.scrip.system.PromQl.LabelMatcher;
import io.scrip.system.PromQl.Selector;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Alerts and dashboard ask for what there is: every metric, label and word in their expressions is
 * looked for on the page that a started service serves, or in the list of what others expose.
 */
class MonitoringTest {
  private static final Path MONITORING = Path.of("..", "manifests", "components", "monitoring");

  /** What Prometheus puts on each series, from what it knows of the target. */
  private static final Set<String> OF_THE_TARGET =
      Set.of("job", "instance", "namespace", "pod", "container", "endpoint", "scrip_io_plane");

  /**
   * Words that a short run does not bring about, each with the place that knows it: the problems'
   * pages, and the reasons that tests of the vault and of tokens pin.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "token-space-exhausted", // vault.TokenizeWork
          "budget-exhausted", // vault.Searcher
          "template-permission-missing", // policy.Decision
          "masked-only",
          "unknown-key", // auth.Refusal
          "signature",
          "audience",
          "issuer",
          "algorithm",
          "type",
          "id-token");

  private static Map<String, String> expressions;
  private static Exposition service;
  private static Exposition others;

  @BeforeAll
  static void start() throws IOException {
    expressions = expressions();
    others = Exposition.ofList(Files.lines(MONITORING.resolve("foreign-metrics.txt")));
    try (TestDatabase database = Databases.postgres();
        TestServer server =
            TestServer.start(
                Map.of(
                    "datasources.default.url",
                    Databases.postgresUrl(database),
                    "datasources.default.username",
                    "postgres"))) {
      use(server);
      System.gc(); // pauses are exposed once there was one
      String page = page(server);
      while (!page.contains("jvm_gc_pause_seconds_max")) {
        page = page(server);
      }
      service = Exposition.of(page);
    }
  }

  private static String page(TestServer server) {
    return TestServer.send(HttpRequest.newBuilder(server.management("/prometheus")).build()).body();
  }

  /** Some of everything that is counted: good calls, refused ones, unreadable ones. */
  private static void use(TestServer server) {
    String token = server.post("/v1/tokenize", "{\"data\": \"4711\"}").text("token");
    server.post("/v1/tokenize/batch", "{\"items\": [{\"ref\": \"a\", \"data\": \"4711\"}]}");
    server.post("/v1/detokenize", "{\"token\": \"" + token + "\"}");
    server.post("dev-masked", "/v1/detokenize", "{\"token\": \"" + token + "\"}");
    server.post("dev-writer", "/v1/detokenize", "{\"token\": \"" + token + "\"}");
    server.post("/v1/detokenize", "{\"name\": \"nobody\"}");
    server.post("/v1/detokenize", "{\"token\": \"mistyped\"}");
    server.post("/v1/detokenize", "{\"token\": \"tok_000000000000000000000000000000000000\"}");
    server.post("/v1/tokenize", "{");
    server.post("/v1/tokens/search", "{\"subject\": \"ann\"}");
    TestServer.send(
        HttpRequest.newBuilder(server.api("/v1/tokenize"))
            .header("Authorization", "Bearer none")
            .POST(BodyPublishers.ofString("{}"))
            .build());
  }

  private static Map<String, String> expressions() throws IOException {
    Map<String, String> found = new TreeMap<>();
    Map<String, Object> rule = yaml("prometheus-rule.yaml");
    for (var group : list(map(rule.get("spec")).get("groups"))) {
      for (var alert : list(group.get("rules"))) {
        found.put("alert " + alert.get("alert"), (String) alert.get("expr"));
      }
    }
    Map<String, Object> dashboard = yaml("dashboard.json");
    for (var panel : list(dashboard.get("panels"))) {
      for (var target : list(panel.getOrDefault("targets", List.of()))) {
        found.put("panel " + panel.get("id") + target.get("refId"), (String) target.get("expr"));
      }
    }
    for (var annotation : list(map(dashboard.get("annotations")).get("list"))) {
      found.put("annotation " + annotation.get("name"), (String) annotation.get("expr"));
    }
    for (var variable : list(map(dashboard.get("templating")).get("list"))) {
      if (variable.get("query") instanceof Map<?, ?> query) {
        found.put("variable " + variable.get("name"), labelValues((String) query.get("query")));
      }
    }
    return found;
  }

  /** {@code label_values(selector, label)} is Grafana's own; as Prometheus would say it. */
  private static String labelValues(String query) {
    return query.replaceFirst("^label_values\\((.*), (\\w+)\\)$", "count by ($2) ($1)");
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return map(new Yaml().load(Files.readString(MONITORING.resolve(file))));
  }

  @SuppressWarnings("unchecked") // YAML has no other keys here
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  @SuppressWarnings("unchecked") // lists of mappings everywhere in these two files
  private static List<Map<String, Object>> list(Object node) {
    return (List<Map<String, Object>>) node;
  }

  /** What an expression asks for and there is not. */
  private static List<String> missing(String expression) {
    PromQl asked = PromQl.parse(expression);
    List<String> missing = new ArrayList<>();
    asked.selectors().forEach(selector -> missing.addAll(missing(selector)));
    asked.labels().stream()
        .filter(label -> asked.selectors().stream().noneMatch(of -> hasLabel(of.metric(), label)))
        .forEach(label -> missing.add("label " + label));
    return missing;
  }

  private static List<String> missing(Selector selector) {
    if (!service.has(selector.metric()) && !others.has(selector.metric())) {
      return List.of(selector.metric());
    }
    return selector.matchers().stream()
        .flatMap(matcher -> missing(selector.metric(), matcher))
        .toList();
  }

  private static Stream<String> missing(String metric, LabelMatcher matcher) {
    if (!hasLabel(metric, matcher.label())) {
      return Stream.of(metric + "{" + matcher.label() + "}");
    }
    boolean isOurWord =
        metric.startsWith("scrip_") && service.labels(metric).contains(matcher.label());
    return isOurWord
        ? Stream.of(matcher.value().split("\\|"))
            .filter(word -> !service.values(metric, matcher.label()).contains(word))
            .filter(word -> !KNOWN.contains(word) && !isProblem(word))
            .map(word -> metric + "{" + matcher.label() + "=" + word + "}")
        : Stream.empty();
  }

  private static boolean isProblem(String word) {
    return Files.exists(Path.of("docs", "problems", word + ".md"));
  }

  private static boolean hasLabel(String metric, String label) {
    return OF_THE_TARGET.contains(label)
        || service.labels(metric).contains(label)
        || others.labels(metric).contains(label);
  }

  @Test
  void every_expression_asks_for_what_is_exposed() {
    Map<String, List<String>> missing = new HashMap<>();
    expressions.forEach((where, expression) -> missing.put(where, missing(expression)));
    missing.values().removeIf(List::isEmpty);
    assertThat(missing).isEmpty();
    assertThat(expressions).hasSizeGreaterThan(80);
  }

  /**
   * A letter's distance from what is written there: the check has to see it, or it checks nothing.
   */
  @ParameterizedTest
  @CsvSource({
    "scrip_journal_depth, scrip_journal_depht, scrip_journal_depht",
    "scrip_refusals_total, scrip_refusals, scrip_refusals",
    "client_class, clientclass, label clientclass",
    "nick, issuer, label issuer",
    "'problem=\"overloaded\"', 'problem=\"overload\"', scrip_refusals_total{problem=overload}",
    "'view=\"plain\"', 'view=\"clear\"', scrip_reveals_total{view=clear}",
    "'reason=\"will-not-open\"', 'cause=\"will-not-open\"', scrip_decisions_total{cause}",
    "hikaricp_connections_pending, hikari_connections_pending, hikari_connections_pending",
    "kong_http_requests_total, kong_http_status, kong_http_status",
    "'code=\"429\"', 'status=\"429\"', kong_http_requests_total{status}"
  })
  void a_misspelt_name_is_seen(String name, String misspelt, String reported) {
    List<String> changed =
        expressions.values().stream().filter(expression -> expression.contains(name)).toList();
    assertThat(changed).isNotEmpty();
    assertThat(changed)
        .allSatisfy(
            expression ->
                assertThat(missing(expression.replace(name, misspelt))).contains(reported));
  }

  @Test
  void the_list_of_what_others_expose_names_nothing_of_ours_and_nothing_unused() {
    List<String> used =
        expressions.values().stream()
            .flatMap(expression -> PromQl.parse(expression).selectors().stream())
            .map(Selector::metric)
            .toList();
    assertThat(others.metrics().keySet())
        .noneMatch(service::has)
        .allMatch(used::contains, "is used");
  }

  @Test
  void words_that_a_run_brings_about_need_not_be_known_by_heart() {
    Set<String> seen = new java.util.TreeSet<>(service.values("scrip_decisions_total", "reason"));
    seen.addAll(service.values("scrip_refusals_total", "reason"));
    assertThat(KNOWN.stream().filter(seen::contains)).containsExactly("token-space-exhausted");
  }
}
