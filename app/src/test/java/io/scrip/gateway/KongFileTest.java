package io.scrip.gateway;

import static io.scrip.gateway.TestJwk.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.gateway.GatewayException.StoreUnusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KongFileTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  private Path ours() throws Exception {
    return Files.writeString(
        folder.resolve("kong.yml"), Files.readString(Path.of("../kong/kong.yml")));
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("kong.yml"), text);
  }

  private Plan sync(Path file, String... kids) throws Exception {
    return new Reconciler(new KongFile(file), DAY, () -> now).reconcile(published(kids));
  }

  private static List<String> kids(Path file) throws Exception {
    return credentials(file).stream().map(one -> String.valueOf(one.get("key"))).toList();
  }

  private static List<Map<String, Object>> credentials(Path file) throws Exception {
    Object root = YamlTree.documents(Files.readString(file)).getFirst();
    return YamlTree.maps(root, "consumers").stream()
        .filter(consumer -> "auth0-tenant".equals(consumer.get("username")))
        .flatMap(consumer -> YamlTree.maps(consumer, "jwt_secrets").stream())
        .toList();
  }

  @Test
  void the_keys_are_put_into_our_file_and_every_other_line_stays() throws Exception {
    Path file = ours();
    List<String> before = Files.readAllLines(file);
    sync(file, "a", "b");
    assertThat(kids(file)).containsExactly("a", "b");
    assertThat(credentials(file).getFirst())
        .containsEntry("algorithm", "RS256")
        .containsEntry("rsa_public_key", TestJwk.verifying("a").pem())
        .containsOnlyKeys("key", "algorithm", "secret", "rsa_public_key");
    before.remove("  jwt_secrets: []");
    assertThat(Files.readAllLines(file)).containsSubsequence(before);
  }

  @Test
  void the_second_run_does_not_touch_the_file() throws Exception {
    Path file = ours();
    sync(file, "a", "b");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertThat(sync(file, "b", "a").isEmpty()).isTrue();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000));
  }

  @Test
  void rotation_drill_both_keys_are_there_at_every_step() throws Exception {
    Path file = ours();
    sync(file, "a", "b");
    sync(file, "a", "b", "c");
    assertThat(kids(file)).containsExactly("a", "b", "c");
    sync(file, "b", "c");
    assertThat(kids(file)).containsExactly("a", "b", "c");
    assertThat(credentials(file).getFirst())
        .containsEntry("tags", List.of("withdrawn:2026-11-21T12:00:00Z"));
    assertThat(sync(file, "b", "c").isEmpty()).isTrue();
    now = now.plus(DAY);
    sync(file, "b", "c", "d");
    assertThat(kids(file)).containsExactly("d", "b", "c");
  }

  @Test
  void comments_around_the_block_and_other_consumers_stay() throws Exception {
    Path file =
        file(
            """
            # head
            consumers:
            - username: other
              jwt_secrets:
              - {key: theirs, algorithm: HS256, secret: s}
            - jwt_secrets:
              - key: "x"   # gone soon
                algorithm: RS256
                rsa_public_key: |
                  no key
              # after the block
              username: auth0-tenant
            # tail
            plugins: []
            """);
    sync(file, "a");
    assertThat(Files.readString(file))
        .contains("# head\n", "{key: theirs,", "- jwt_secrets:\n  - key: \"a\"\n")
        .contains("  # after the block\n  username: auth0-tenant\n# tail\nplugins: []\n")
        .doesNotContain("gone soon");
    assertThat(kids(file)).containsExactly("a");
  }

  @Test
  void a_deeper_list_and_one_over_several_lines_are_replaced_whole() throws Exception {
    Path file =
        file(
            """
            consumers:
              - username: auth0-tenant
                jwt_secrets: [
                  ]
                tags: [ours]
            """);
    sync(file, "a");
    assertThat(kids(file)).containsExactly("a");
    assertThat(Files.readString(file)).endsWith("    tags: [ours]\n");
  }

  @Test
  void a_credential_with_a_shared_secret_in_the_tenants_name_is_taken_out() throws Exception {
    Path file =
        file(
            """
            consumers:
            - username: auth0-tenant
              jwt_secrets:
              - {key: back-door, algorithm: HS256, secret: s}
            """);
    sync(file, "a");
    assertThat(kids(file)).containsExactly("a");
  }

  @Test
  void the_files_permissions_and_the_link_to_it_stay() throws Exception {
    Path file = ours();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yml"), file);
    sync(link, "a");
    assertThat(link).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
    assertThat(kids(file)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "consumers",
        "consumers: []",
        "consumers: [{username: auth0-tenant, jwt_secrets: []}]",
        "consumers:\n- username: other\n  jwt_secrets: []",
        "consumers:\n- username: auth0-tenant",
        "consumers:\n- username: auth0-tenant\n  jwt_secrets: none",
        "consumers:\n- username: auth0-tenant\n  jwt_secrets: []\n- username: auth0-tenant\n  jwt_secrets: []",
        "consumers:\n- username: auth0-tenant\n  jwt_secrets: []\nconsumers: []",
        "a: &a [1]\nb: *a\nconsumers:\n- username: auth0-tenant\n  jwt_secrets: []",
        "a: !!java.net.URL [http://127.0.0.1]\nconsumers:\n- username: auth0-tenant\n  jwt_secrets: []",
        "a: 1\n---\nconsumers:\n- username: auth0-tenant\n  jwt_secrets: []",
        "{",
        "\t"
      })
  void a_file_of_another_form_is_refused_and_stays_as_it_is(String text) throws Exception {
    Path file = file(text);
    assertThatThrownBy(() -> sync(file, "a")).isInstanceOf(StoreUnusable.class);
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void more_credentials_than_any_tenant_has_are_refused() throws Exception {
    Path file =
        file(
            "consumers:\n- username: auth0-tenant\n  jwt_secrets:\n"
                + "  - {key: k, algorithm: RS256}\n".repeat(9));
    assertThatThrownBy(() -> sync(file, "a")).hasMessageContaining("more than 8 credentials");
  }

  @Test
  void no_file_and_one_that_is_too_long_are_refused() throws Exception {
    assertThatThrownBy(() -> sync(folder.resolve("none"), "a"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("NoSuchFileException");
    Path file = file("#".repeat(4_194_305));
    assertThatThrownBy(() -> sync(file, "a")).hasMessageContaining("longer than");
  }

  @Test
  void who_has_changed_it_meanwhile_is_not_written_over() throws Exception {
    Path file = ours();
    CredentialStore.Snapshot snapshot = new KongFile(file).read();
    Files.writeString(file, Files.readString(file) + "# theirs\n");
    List<Change> changes = Planner.plan(snapshot.seats(), published("a"), DAY, now).changes();
    assertThatThrownBy(() -> snapshot.apply(changes)).isInstanceOf(GatewayException.Conflict.class);
    assertThat(Files.readString(file)).endsWith("# theirs\n").doesNotContain("PUBLIC KEY");
  }
}
