package io.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.gateway.FakeCluster;
import io.scrip.gateway.FakeTenant;
import io.scrip.gateway.TestJwk;
import io.scrip.gateway.TestTls;
import io.scrip.gateway.YamlTree;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line of the reconciler: what it ends with, and what it says. */
class SyncKeysCommandTest {
  private final FakeTenant tenant = new FakeTenant();
  private final FakeCluster cluster = new FakeCluster();
  private final Map<String, String> environment = new HashMap<>();

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private String out = "";
  private String err = "";

  @TempDir Path folder;

  @BeforeEach
  void mountTheServiceAccount() throws Exception {
    Files.writeString(folder.resolve("token"), FakeCluster.TOKEN);
    Files.writeString(folder.resolve("namespace"), "scrip\n");
    tenant.publishes("a", "b");
  }

  @AfterEach
  void stop() {
    tenant.close();
    cluster.close();
  }

  /** With the options of the fake cluster, the fake tenant and then these. */
  private int sync(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--issuer", tenant.issuer()));
    arguments.addAll(List.of("--api-server", cluster.address()));
    arguments.addAll(List.of("--token-file", folder.resolve("token").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(complained, true, StandardCharsets.UTF_8);
    int code =
        new CommandLine(
                new SyncKeysCommand(
                    () -> now,
                    environment,
                    folder,
                    new PrintStream(said, true, StandardCharsets.UTF_8),
                    errors))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(errors, true))
            .setOut(new PrintWriter(said, true, StandardCharsets.UTF_8))
            .execute(arguments);
    out = said.toString(StandardCharsets.UTF_8);
    err = complained.toString(StandardCharsets.UTF_8);
    return code;
  }

  @Test
  void done_is_0_and_done_again_is_0_and_says_so() {
    assertThat(sync()).as(err).isZero();
    assertThat(out)
        .contains("scrip-auth0-current takes in a", "scrip-auth0-next takes in b")
        .contains("scrip-auth0-previous is prepared for a key to come")
        .endsWith("Changed: 3.\n");
    int writes = cluster.writes().size();
    assertThat(sync()).isZero();
    assertThat(out).isEqualTo("Nothing to change.\n");
    assertThat(cluster.writes()).hasSize(writes);
    assertThat(cluster.kong()).containsExactly("a", "b");
  }

  @Test
  void check_is_1_where_something_differs_and_writes_nothing() {
    assertThat(sync("--check")).isEqualTo(1);
    assertThat(out).contains("takes in a").endsWith("To be changed: 3.\n");
    assertThat(cluster.writes()).isEmpty();
    sync();
    assertThat(sync("--check")).isZero();
    tenant.publishes("b");
    assertThat(sync("--check")).isEqualTo(1);
    assertThat(out).contains("scrip-auth0-current keeps a for now, which is published no more");
  }

  @Test
  void a_dry_run_shows_the_same_and_is_0() {
    assertThat(sync("--dry-run")).isZero();
    assertThat(out).endsWith("To be changed: 3.\n");
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void a_refused_key_is_3_named_with_its_reason_and_the_others_are_installed() {
    tenant.says(TestJwk.set(TestJwk.jwk("short", 1_024), TestJwk.jwk("a")));
    assertThat(sync()).isEqualTo(3);
    assertThat(err).isEqualTo("refused: key short: it has 1024 bits; 2048 to 8192 are taken\n");
    assertThat(cluster.kong()).containsExactly("a");
    assertThat(sync("--check")).isEqualTo(3);
  }

  @Test
  void a_key_without_a_place_is_3_and_gets_one_once_another_has_gone() {
    tenant.publishes("a", "b", "c");
    sync();
    tenant.publishes("b", "c", "d");
    assertThat(sync()).isEqualTo(3);
    assertThat(err).isEqualTo("no place: key d waits for one to be given up\n");
    assertThat(cluster.kong()).containsExactly("a", "b", "c");
    now = now.plus(Duration.ofHours(24));
    assertThat(sync()).isZero();
    assertThat(cluster.kong()).containsExactly("b", "c", "d");
  }

  @Test
  void a_leaked_key_goes_at_once_when_told_so() {
    sync();
    tenant.publishes("b", "c");
    assertThat(sync("--retain", "PT0S")).isZero();
    assertThat(cluster.kong()).containsExactly("b", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"keys\":[]}", "no json", "{\"keys\":[{\"kty\":\"EC\",\"kid\":\"x\"}]}"})
  void no_usable_answer_of_the_tenant_is_4_and_changes_nothing(String answer) {
    sync();
    int calls = cluster.calls().size();
    tenant.says(answer);
    assertThat(sync("--retain", "PT0S")).isEqualTo(4);
    assertThat(err).startsWith("scrip auth0 sync-keys: ");
    assertThat(cluster.calls()).as("not even asked").hasSize(calls);
    assertThat(cluster.kong()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 404, 500, 503})
  void another_status_of_the_tenant_is_4_and_no_redirect_is_followed(int status) {
    tenant.is(
        exchange -> {
          exchange.getResponseHeaders().add("Location", tenant.issuer() + ".well-known/jwks.json");
          FakeTenant.respond(exchange, status, "");
        });
    assertThat(sync()).isEqualTo(4);
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void an_answer_that_is_too_long_is_4() {
    tenant.says(" ".repeat(65_537));
    assertThat(sync()).isEqualTo(4);
  }

  @Test
  void nobody_there_is_4() {
    tenant.close();
    assertThat(sync()).isEqualTo(4);
    assertThat(err).contains("the tenant cannot be asked");
  }

  @Test
  void a_cluster_that_refuses_is_5_and_its_reason_is_said() {
    cluster.forbidsCreate();
    assertThat(sync()).isEqualTo(5);
    assertThat(err).contains("cannot create scrip-auth0-current", "403, cannot create");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong-token", "wrong-token\nand another", "wrong-token\u0000", ""})
  void a_token_is_never_said_whatever_is_wrong_with_it(String token) throws Exception {
    Files.writeString(folder.resolve("token"), token);
    assertThat(sync()).isEqualTo(5);
    assertThat(out + err).doesNotContain("wrong-token", FakeCluster.TOKEN);
  }

  @Test
  void a_port_that_there_is_none_of_is_no_tenant() {
    assertThat(run("--issuer", "https://127.0.0.1:99999/", "--output", "yaml")).isEqualTo(4);
  }

  @Test
  void in_a_pod_the_cluster_its_certificates_and_the_namespace_are_known_by_themselves()
      throws Exception {
    try (FakeCluster behindTls = new FakeCluster(TestTls.in(folder).server())) {
      inPodOf(behindTls);
      assertThat(run("--issuer", tenant.issuer())).as(err).isZero();
      assertThat(behindTls.kong()).containsExactly("a", "b");
    }
  }

  @Test
  void a_cluster_whose_certificate_is_another_gets_no_token() throws Exception {
    Path others = Files.createDirectory(folder.resolve("others"));
    try (FakeCluster stranger = new FakeCluster(TestTls.in(others).server())) {
      inPodOf(stranger);
      TestTls.in(folder);
      assertThat(run("--issuer", tenant.issuer())).isEqualTo(5);
      assertThat(stranger.calls()).isEmpty();
      Files.delete(folder.resolve("ca.crt"));
      assertThat(run("--issuer", tenant.issuer())).isEqualTo(5);
      assertThat(stranger.calls()).isEmpty();
    }
  }

  private void inPodOf(FakeCluster pods) {
    environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    environment.put("KUBERNETES_SERVICE_PORT", "" + pods.port());
  }

  @Test
  void outside_of_a_pod_the_cluster_has_to_be_named() {
    assertThat(run("--issuer", tenant.issuer())).isEqualTo(2);
    assertThat(err).contains("--api-server: is missing");
  }

  @Test
  void printed_secrets_are_yaml_and_ask_no_cluster() {
    assertThat(run("--issuer", tenant.issuer(), "--output", "yaml", "--namespace", "scrip"))
        .isZero();
    assertThat(YamlTree.documents(out))
        .extracting(document -> YamlTree.text(document, "stringData", "key"))
        .containsExactly("a", "b", "no key in scrip-auth0-previous");
    assertThat(out).contains("  namespace: scrip\n");
    String before = out;
    run("--issuer", tenant.issuer(), "--output", "yaml", "--namespace", "scrip");
    assertThat(out).as("the same each time").isEqualTo(before);
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void a_kong_yml_is_filled_and_checked() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("kong.yml"), Files.readString(Path.of("../kong/kong.yml")));
    assertThat(run("--issuer", tenant.issuer(), "--kong-yml", file.toString(), "--check"))
        .isEqualTo(1);
    assertThat(Files.readString(file)).doesNotContain("PUBLIC KEY");
    assertThat(run("--issuer", tenant.issuer(), "--kong-yml", file.toString())).isZero();
    assertThat(out)
        .isEqualTo("jwt_secrets[0] takes in a\njwt_secrets[1] takes in b\nChanged: 2.\n");
    assertThat(run("--issuer", tenant.issuer(), "--kong-yml", file.toString(), "--check")).isZero();
    assertThat(run("--issuer", tenant.issuer(), "--kong-yml", folder.resolve("none").toString()))
        .isEqualTo(5);
  }

  @Test
  void the_slash_at_the_end_of_the_issuer_may_be_left_out() {
    String issuer = tenant.issuer().replaceFirst("/$", "");
    assertThat(run("--issuer", issuer, "--output", "yaml")).isZero();
    assertThat(run("--jwks", tenant.issuer() + ".well-known/jwks.json", "--output", "yaml"))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--output yaml",
        "--issuer http://tenant.example.auth0.com/ --output yaml",
        "--jwks http://10.0.0.1/jwks.json --output yaml",
        "--jwks file:///etc/passwd --output yaml",
        "--jwks jwks.json --output yaml",
        "--issuer https://me:pass@tenant.example.auth0.com/ --output yaml",
        "--issuer https://tenant.example.auth0.com/?a=b --output yaml",
        "--issuer https://tenant.example.auth0.com/ --jwks https://a.example/ --output yaml",
        "--issuer https://tenant.example.auth0.com/ --output json",
        "--issuer https://tenant.example.auth0.com/ --output yaml --kong-yml kong.yml",
        "--issuer https://tenant.example.auth0.com/ --check --dry-run --kong-yml kong.yml",
        "--issuer https://tenant.example.auth0.com/ --output yaml --check",
        "--issuer https://tenant.example.auth0.com/ --output yaml --retain PT-1S",
        "--issuer https://tenant.example.auth0.com/ --output yaml --retain P31D",
        "--issuer https://tenant.example.auth0.com/ --output yaml --retain soon",
        "--issuer https://tenant.example.auth0.com/ --output yaml --namespace ../kube-system",
        "--issuer https://tenant.example.auth0.com/ --api-server http://10.0.0.1:8001 --namespace scrip",
        "--issuer https://tenant.example.auth0.com/ --api-server https://a.example/path --namespace scrip",
        "--issuer https://tenant.example.auth0.com/ --api-server https://a.example --namespace A/b"
      })
  void a_wrong_command_line_is_2(String line) {
    assertThat(run(line.split(" "))).as(err).isEqualTo(2);
    assertThat(err).isNotBlank();
  }

  @Test
  void help_names_the_exit_codes_the_default_and_its_reason() {
    assertThat(run("--help")).isZero();
    assertThat(out.replaceAll("\\s+", " "))
        .contains("--issuer", "--jwks", "--kong-yml", "--output", "--check", "--dry-run")
        .contains("PT24H by default", "maximum_expiration", "Exit codes:", "kubectl create -f -");
    assertThat(out.lines()).allMatch(line -> line.length() <= 120, "fits a terminal");
  }
}
