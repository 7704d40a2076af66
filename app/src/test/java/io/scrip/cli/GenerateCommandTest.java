package io.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said));
  }

  @AfterEach
  void fallSilent() {
    System.setOut(out);
  }

  private int generate(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "keys";
    all[1] = "generate";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Main.commands().execute(all);
  }

  private List<String> names(String kind) throws Exception {
    try (var files = Files.list(folder.resolve(kind))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void two_folders_are_made_and_the_settings_are_said_that_name_them() throws Exception {
    assertThat(generate("--folder", folder.toString())).isZero();
    assertThat(names("seal")).singleElement().asString().matches("\\d{4}-\\d\\d-\\d\\d\\.root");
    assertThat(names("digest")).hasSize(1);
    assertThat(said.toString())
        .contains("(scrip.keys.seal-roots: " + folder.resolve("seal") + ")")
        .contains("(scrip.keys.digest-roots: " + folder.resolve("digest") + ")");
    Path made = folder.resolve("seal").resolve(names("seal").getFirst());
    assertThat(Files.readString(made)).startsWith("scrip-seal-root-v1:");
    assertThat(said.toString()).doesNotContain(Files.readString(made).substring(28, 60));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rw-------");
  }

  @Test
  void once_more_makes_the_next_ones() throws Exception {
    assertThat(generate("--folder", folder.toString())).isZero();
    assertThat(generate("--folder", folder.toString(), "--only", "seal")).isZero();
    assertThat(names("seal")).hasSize(2);
    assertThat(names("digest")).hasSize(1);
  }

  @Test
  void a_root_that_would_not_become_the_current_one_is_not_made() throws Exception {
    Files.createDirectory(folder.resolve("digest"));
    Files.writeString(folder.resolve("digest/zz.root"), "");
    assertThat(generate("--folder", folder.toString(), "--only", "digest"))
        .isEqualTo(Refusal.CONFIGURATION);
    assertThat(names("digest")).containsExactly("zz.root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--only seal",
        "--folder",
        "--folder x --only both",
        "--folder x --pkcs11 y",
        "--pkcs11 /lib.so",
        "--pkcs11 /lib.so --key-label k"
      })
  void an_incomplete_command_line_makes_nothing(String line) throws Exception {
    String[] arguments =
        line.isEmpty() ? new String[0] : line.replace("x", folder.toString()).split(" ");
    assertThat(generate(arguments)).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_token_that_is_not_there_is_refused_by_what_names_it() {
    int code =
        generate(
            "--pkcs11",
            "/nowhere/lib.so",
            "--token-label",
            "t",
            "--key-label",
            "k",
            "--pin-file",
            folder.resolve("pin").toString());
    assertThat(code).isEqualTo(Refusal.CONFIGURATION);
  }
}
