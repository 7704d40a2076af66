package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.gateway.FakeTenant;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The operator's commands, each in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class CliTest {
  private static final int NO = 1;
  private static final int USAGE = 2;

  @TempDir Path folder;

  @Test
  void help_names_every_command() {
    var ended = Program.run(folder, Map.of(), "--help");
    assertThat(ended.code()).isZero();
    assertThat(ended.everything())
        .contains("Usage: scrip", "serve", "migrate", "keys", "rekey", "audit", "auth0");
  }

  @Test
  void training_ends_by_itself_and_leaves_nothing_behind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    var ended =
        Program.run(
            folder, Map.of("java.io.tmpdir", temporary.toString()), "train", "--calls", "3");
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void an_unknown_command_is_a_wrong_usage() {
    assertThat(Program.run(folder, Map.of(), "reveal").code()).isEqualTo(USAGE);
  }

  @Test
  void roots_are_made_for_their_owner_alone_and_never_overwritten() throws Exception {
    var made = Program.run(folder, Map.of(), "keys", "generate", "--folder", "roots");
    assertThat(made.code()).as("%s", made).isZero();
    Path seal = only(folder.resolve("roots/seal"));
    for (Path root : List.of(seal, only(folder.resolve("roots/digest")))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
          .isEqualTo("rw-------");
      assertThat(made.everything())
          .doesNotContain(Files.readString(root).strip().replaceFirst(".*:", ""));
    }
    String before = Files.readString(seal);
    var again = Program.run(folder, Map.of(), "keys", "generate", "--folder", "roots");
    assertThat(again.code()).as("%s", again).isZero();
    assertThat(Files.readString(seal)).isEqualTo(before);
    try (var roots = Files.list(seal.getParent())) {
      List<Path> both = roots.sorted().toList();
      assertThat(both).hasSize(2).startsWith(seal); // the next root comes last by name
      assertThat(Files.readString(both.getLast())).isNotEqualTo(before);
    }
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.reduce((_, _) -> Assertions.fail("more than one")).orElseThrow();
    }
  }

  /** On H2, as development starts it: every command about keys, one after the other. */
  @Test
  void keys_are_listed_rotated_rekeyed_and_destroyed() {
    Map<String, String> settings = Map.of("micronaut.environments", "dev");
    assertThat(keys(settings, "keys", "list", "--json").output().getLast())
        .contains("\"keks\":[{\"version\":1,\"state\":\"active\"");
    assertThat(keys(settings, "keys", "rotate", "kek", "--json").output())
        .contains("{\"key\":\"kek\",\"version\":2}");
    var needed = Program.run(folder, settings, "keys", "destroy", "kek", "2");
    assertThat(needed.code()).isEqualTo(NO);
    assertThat(needed.errors()).anyMatch(line -> line.contains("in force"));
    assertThat(keys(settings, "rekey", "--json").output().getLast()).contains("\"state\":\"done\"");
    assertThat(keys(settings, "keys", "destroy", "kek", "1").output()).contains("1 destroyed.");
    assertThat(Program.run(folder, settings, "keys", "destroy", "kek", "1").code()).isEqualTo(NO);
    assertThat(Program.run(folder, settings, "keys", "rotate", "pepper").code()).isEqualTo(USAGE);
  }

  private Program.Ended keys(Map<String, String> settings, String... arguments) {
    var ended = Program.run(folder, settings, arguments);
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended;
  }

  @Test
  void the_gateways_keys_need_no_setting_no_database_and_no_root() throws Exception {
    try (FakeTenant tenant = new FakeTenant()) {
      tenant.publishes("a");
      Map<String, String> unusable =
          Map.of(
              "datasources.default.url",
              "jdbc:postgresql://127.0.0.1:1/none",
              "scrip.keys.no-such-setting",
              "x");
      var ended =
          Program.run(
              folder,
              unusable,
              "auth0",
              "sync-keys",
              "--issuer",
              tenant.issuer(),
              "--output",
              "yaml");
      assertThat(ended.code()).as("%s", ended).isZero();
      assertThat(ended.errors()).isEmpty();
      assertThat(ended.output()).contains("  key: \"a\"");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void the_schema_is_made_once_and_found_the_second_time() throws Exception {
    try (TestDatabase empty = Databases.emptyPostgres()) {
      Map<String, String> owner =
          Map.of(
              "datasources.default.url",
              Databases.postgresUrl(empty),
              "datasources.default.username",
              "postgres");
      for (int i = 0; i < 2; i++) {
        var ended = Program.run(folder, owner, "migrate");
        assertThat(ended.code()).as("%s", ended).isZero();
        assertThat(ended.output()).contains("The schema is up to date.");
        assertThat(ended.errors()).isEmpty();
      }
      assertThat(empty.ask("select count(*) from scrip.tokens")).isEqualTo("0");
      assertThat(empty.ask("select count(*) from scrip_audit.audit_chains")).isEqualTo("0");
    }
  }

  @Test
  void a_role_that_may_not_change_tables_is_told_so_in_one_line() throws Exception {
    try (TestDatabase empty = Databases.emptyPostgres()) {
      empty.execute("drop role if exists scrip_visitor");
      empty.execute("create role scrip_visitor login");
      String url = Databases.postgresUrl(empty).replace("user=postgres", "user=scrip_visitor");
      Map<String, String> visitor =
          Map.of("datasources.default.url", url, "datasources.default.username", "scrip_visitor");
      var ended = Program.run(folder, visitor, "migrate");
      assertThat(ended.code()).as("%s", ended).isEqualTo(78);
      assertThat(ended.errors())
          .singleElement()
          .asString()
          .contains("datasources.default.username");
    }
  }

  @Test
  void the_audit_key_is_the_same_before_the_first_start_and_after() {
    try (var issuer = new Issuer()) {
      Deployment deployment = Deployment.onH2(folder, issuer);
      var ended = Program.run(folder, deployment.settings(), "keys", "audit-key");
      assertThat(ended.code()).as("%s", ended).isZero();
      assertThat(ended.errors()).isEmpty();
      String key = String.join("\n", ended.output()) + "\n";
      assertThat(key).startsWith("-----BEGIN PUBLIC KEY-----");
      try (Instance instance = Instance.start(deployment)) {
        assertThat(instance.management("/audit-key.pem").body()).isEqualTo(key);
      }
    }
  }

  @Test
  void an_export_of_a_running_service_is_verified_and_any_change_to_it_is_named() throws Exception {
    try (var issuer = new Issuer();
        Instance instance = Instance.start(Deployment.onH2(folder, issuer))) {
      for (int i = 0; i < 20; i++) {
        instance.open(
            instance.post("/v1/tokenize", "{\"data\":\"value " + i + "\"}").text("token"));
      }
      Files.writeString(folder.resolve("key.pem"), instance.management("/audit-key.pem").body());
      String export = instance.trail();
      var whole = verify(export);
      assertThat(whole.code()).as("%s", whole).isZero();
      assertThat(whole.output()).singleElement().asString().startsWith("verified: ");

      List<String> lines = export.lines().toList();
      List<String> changed = new ArrayList<>(lines);
      changed.set(5, lines.get(5).replaceFirst("\"shop\"", "\"shoq\""));
      assertThat(changed).isNotEqualTo(lines);
      assertBroken(changed, "line 6,");

      List<String> removed = new ArrayList<>(lines);
      removed.remove(5);
      assertBroken(removed, "line 6,");
      assertBroken(lines.subList(0, lines.size() - 1), "line " + lines.size());
    }
  }

  private void assertBroken(List<String> export, String where) throws Exception {
    var broken = verify(String.join("\n", export) + "\n");
    assertThat(broken.code()).as("%s", broken).isEqualTo(NO);
    assertThat(broken.output()).singleElement().asString().startsWith("broken: ").contains(where);
  }

  private Program.Ended verify(String export) throws Exception {
    Files.writeString(folder.resolve("trail.ndjson"), export, StandardCharsets.UTF_8);
    return Program.run(
        folder, Map.of(), "audit", "verify", "trail.ndjson", "--public-key", "key.pem");
  }
}
