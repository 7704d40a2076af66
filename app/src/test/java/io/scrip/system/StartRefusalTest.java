package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.FreePorts;
import io.scrip.crypto.RootFile;
import io.scrip.crypto.RootKind;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Production that is not safe does not start: one line, which names the setting to change, and
 * nothing left behind.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class StartRefusalTest {
  private static final int CONFIGURATION = 78;
  private static final Issuer ISSUER = new Issuer();
  private static final TestDatabase DATABASE = Databases.postgres();
  private static final String COUNT =
      """
      select (select count(*) from scrip_keys.key_encryption_keys) + (select count(*) from scrip_keys.data_keys)
        + (select count(*) from scrip_audit.audit_chains) + (select count(*) from scrip_audit.audit_events)
      """;

  @TempDir Path folder;

  private Deployment production = new Deployment(Path.of(""), ISSUER, Map.of());

  @AfterAll
  static void close() {
    DATABASE.close();
    ISSUER.close();
  }

  @BeforeEach
  void prepare() {
    production = Deployment.onPostgres(folder, ISSUER, DATABASE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          datasources.default.url          | ''                            | datasources.default.url
          datasources.default.url          | jdbc:h2:mem:x                 | datasources.default.url
          datasources.default.url          | jdbc:h2:file:./x              | scrip.store.allow-h2
          datasources.default.url          | jdbc:mysql://canary@h/d       | datasources.default.url
          datasources.default.url          | jdbc:postgresql://canary:x/d  | datasources.default.url
          scrip.keys.development-root      | true                          | scrip.keys.development-root
          scrip.issuer.enabled             | true                          | scrip.issuer.enabled
          scrip.auth.audience              | ''                            | scrip.auth.audience
          scrip.auth.issuers.test.issuer   | http://issuer.example/        | scrip.auth.issuers.test.issuer
          scrip.journal.writers            | 0                             | scrip.journal.writers
          scrip.journal.writers            | canary                        | scrip.journal.writers
          scrip.housekeeping.interval      | -PT1S                         | scrip.housekeeping.interval
          scrip.auth.clock-skew            | a while                       | scrip.auth.clock-skew
          scrip.auth.issuers.test.kind     | canary                        | scrip.auth.issuers.test.kind
          scrip.journal.wirters            | 2                             | scrip.journal.wirters
          scrip.auth.issuers.test.isuer    | canary                        | scrip.auth.issuers.test.isuer
          scrip.limits.max-batch-items     | 0                             | scrip.limits.max-batch-items
          scrip.keys.custody               | canary                        | scrip.keys.custody
          scrip.keys.custody               | pkcs11                        | scrip.keys.pkcs11.library
          scrip.keys.custody               | transit                       | scrip.keys.transit.address
          scrip.keys.transit.address       | http://vault.example          | scrip.keys.transit.address
          scrip.keys.pkcs11.slot           | 1                             | scrip.keys.pkcs11.library
          scrip.plane                      | write                         | scrip.keys.seal-roots
          scrip.plane                      | canary                        | scrip.plane
          """)
  void production_does_not_start_with(String setting, String value, String named) throws Exception {
    assertRefused(production.with(Map.of(setting, value)), named);
  }

  @ParameterizedTest
  @CsvSource({
    "scrip.auth.audience, scrip.auth.audience",
    "scrip.auth.issuers.test.issuer, scrip.auth.issuers",
    "scrip.keys.seal-roots, scrip.keys.seal-roots",
    "scrip.keys.digest-roots, scrip.keys.digest-roots"
  })
  void production_does_not_start_without(String setting, String named) throws Exception {
    assertRefused(production.without(setting), named);
  }

  @Test
  void a_root_file_that_is_not_there_is_refused() throws Exception {
    assertRefused(
        production.with(Map.of("scrip.keys.seal-roots", folder.resolve("other.root").toString())),
        "scrip.keys.seal-roots");
  }

  @ParameterizedTest
  @ValueSource(strings = {"seal", "digest"})
  void a_root_file_that_others_can_read_is_refused(String root) throws Exception {
    Files.setPosixFilePermissions(
        folder.resolve(root + ".root"), PosixFilePermissions.fromString("rw----r--"));
    assertRefused(production, "scrip.keys." + root + "-roots");
  }

  @Test
  void roots_of_the_wrong_kind_are_refused() throws Exception {
    assertRefused(
        production.with(
            Map.of(
                "scrip.keys.seal-roots", folder.resolve("digest.root").toString(),
                "scrip.keys.digest-roots", folder.resolve("seal.root").toString())),
        "scrip.keys.seal-roots");
  }

  @Test
  void roots_of_another_database_are_refused() throws Exception {
    try (TestDatabase used = Databases.postgres()) {
      Path first = Files.createDirectory(folder.resolve("first"));
      Instance.start(Deployment.onPostgres(first, ISSUER, used)).close();
      Deployment there =
          production.with(Map.of("datasources.default.url", Databases.postgresUrl(used)));
      assertRefused(there, "scrip.keys.digest-roots");
      String digestRoot = first.resolve("digest.root").toString();
      assertRefused(
          there.with(Map.of("scrip.keys.digest-roots", digestRoot)), "scrip.keys.seal-roots");
    }
  }

  @Test
  void one_key_as_both_roots_is_refused() throws Exception {
    assertRefused(
        production.with(Map.of("scrip.keys.digest-roots", folder.resolve("seal.root").toString())),
        "scrip.keys.digest-roots");
  }

  @Test
  void pitfall_18_roots_made_for_development_are_refused() throws Exception {
    Path made = folder.resolve("dev-seal.root");
    RootFile.generate(RootKind.DEVELOPMENT_SEAL, made, new SecureRandom());
    assertRefused(
        production.with(Map.of("scrip.keys.seal-roots", made.toString())), "scrip.keys.seal-roots");
  }

  @Test
  void a_root_file_cut_short_is_refused() throws Exception {
    Path root = folder.resolve("seal.root");
    Files.writeString(root, Files.readString(root).substring(0, 40));
    assertRefused(production, "scrip.keys.seal-roots");
  }

  @Test
  void a_database_that_does_not_answer_is_refused() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + FreePorts.next() + "/scrip";
    assertRefused(
        production.with(Map.of("datasources.default.url", url)), "datasources.default.url");
  }

  @Test
  void a_database_that_is_not_there_is_refused() throws Exception {
    String url = Databases.postgresUrl(DATABASE).replaceFirst("/test_\\d+", "/canary");
    assertRefused(
        production.with(Map.of("datasources.default.url", url)), "datasources.default.url");
  }

  @Test
  void a_role_that_may_not_come_in_is_refused() throws Exception {
    String url = Databases.postgresUrl(DATABASE).replace("user=postgres", "user=nobody");
    assertRefused(
        production.with(
            Map.of("datasources.default.url", url, "datasources.default.username", "nobody")),
        "datasources.default.url");
  }

  @Test
  void an_empty_database_is_not_migrated_by_the_service() throws Exception {
    try (TestDatabase empty = Databases.emptyPostgres()) {
      var service =
          production.with(Map.of("datasources.default.url", Databases.postgresUrl(empty)));
      assertRefused(service, "scrip.store.migrate");
      assertThat(
              empty.ask(
                  "select count(*) from information_schema.schemata where schema_name like 'scrip%'"))
          .isEqualTo("0");
    }
  }

  @Test
  void a_schema_newer_than_the_program_is_refused() throws Exception {
    try (TestDatabase newer = Databases.postgres()) {
      newer.execute(
          """
          insert into scrip.flyway_schema_history
          select installed_rank + 1, '999', description, type, script, checksum, installed_by, installed_on, 0, true
          from scrip.flyway_schema_history order by installed_rank desc limit 1
          """);
      try {
        assertRefused(
            production.with(Map.of("datasources.default.url", Databases.postgresUrl(newer))),
            "datasources.default.url");
      } finally {
        newer.execute("delete from scrip.flyway_schema_history where version = '999'");
      }
    }
  }

  @Test
  void an_h2_file_that_is_allowed_is_not_made_when_something_else_is_wrong() throws Exception {
    Files.delete(folder.resolve("seal.root"));
    Files.delete(folder.resolve("digest.root"));
    assertRefused(
        Deployment.onH2(folder, ISSUER).without("scrip.auth.audience"), "scrip.auth.audience");
  }

  /** Exit code, one line, no secret in it, no file and no row more than before. */
  private void assertRefused(Deployment deployment, String named) throws Exception {
    List<Path> files = files();
    String rows = DATABASE.ask(COUNT);
    var ended = Program.run(folder, deployment.settings());
    assertThat(ended.code()).as("%s", ended).isEqualTo(CONFIGURATION);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .startsWith("Scrip does not start. ")
        .contains(named)
        .hasSizeLessThan(300);
    assertThat(ended.everything())
        .doesNotContain("canary")
        .doesNotContain("Exception")
        .doesNotContainPattern("(seal|digest):[0-9a-f]{8}:");
    assertThat(files()).isEqualTo(files);
    assertThat(DATABASE.ask(COUNT)).isEqualTo(rows);
  }

  private List<Path> files() throws IOException {
    try (var walk = Files.walk(folder)) {
      return new ArrayList<>(walk.sorted().toList());
    }
  }
}
