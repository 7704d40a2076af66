package io.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.SampleTrail;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {
  private static final String KEY = HexFormat.of().formatHex(SampleTrail.SIGNER.publicKey());

  @TempDir private Path folder;
  private byte[] input = new byte[0];
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void a_whole_export_is_verified_in_one_line() throws IOException {
    assertThat(run("verify", export(SampleTrail.smallExport()), "--public-key", KEY)).isZero();
    assertThat(out())
        .isEqualTo(
            "verified: 11 events (1 of them sealed) in 2 chains with 3 checkpoints, of tenant"
                + " default, as of 2026-11-21T08:00:16.500001Z\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void standard_input_and_a_pem_file_do_as_well() throws IOException {
    input = SampleTrail.smallExport();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(SampleTrail.SIGNER.spki())
            + "\n-----END PUBLIC KEY-----\n";
    Path file = Files.writeString(folder.resolve("key.pem"), pem);
    assertThat(run("verify", "-", "--public-key", file.toString())).isZero();
  }

  @Test
  void a_replaced_key_needs_both() throws IOException {
    String file = export(SampleTrail.smallExport());
    String other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    assertThat(run("verify", file, "--public-key", other, "--public-key", KEY)).isZero();
    assertThat(run("verify", file, "--public-key", other)).isEqualTo(1);
  }

  @Test
  void a_broken_export_is_named_in_one_line() throws IOException {
    String text = new String(SampleTrail.smallExport(), StandardCharsets.UTF_8);
    String file =
        export(text.replaceFirst("auth0\\|two", "auth0|too").getBytes(StandardCharsets.UTF_8));
    assertThat(run("verify", file, "--public-key", KEY)).isEqualTo(1);
    assertThat(out())
        .isEqualTo(
            "broken: line 3, chain a, event 3: this event was changed: its hash is another\n");
  }

  @Test
  void the_answer_comes_as_json_too() throws IOException {
    String file = export(SampleTrail.smallExport());
    assertThat(run("verify", "--json", file, "--public-key", KEY)).isZero();
    assertThat(out())
        .isEqualTo(
            "{\"result\":\"verified\",\"events\":11,\"sealed\":1,\"chains\":2,\"checkpoints\":3,"
                + "\"tenant\":\"default\",\"at\":\"2026-11-21T08:00:16.500001Z\"}\n");
    out.reset();
    assertThat(run("verify", "--json", export(new byte[0]), "--public-key", KEY)).isEqualTo(1);
    assertThat(out())
        .startsWith("{\"result\":\"broken\",\"line\":1,\"chain\":\"\",\"sequence\":0,");
  }

  /** The record of app/docs/audit.md. */
  private static final String ERASURE =
      """
      {"type":"erasure","tenant":"default","subjectDigest":"%s","keys":3,"tokens":5,"shredded":4,\
      "at":"2026-11-21T08:00:00.000001Z","requestId":"request-1","keyId":"test-key-7","signature":"%s"}\
      """
          .formatted(
              "02".repeat(16),
              "7397a468873a91461858f9135e4a994b01ebb1ffd461b02f2a4aaeaf5e160b3e"
                  + "7611f744b3b4b5f14205696c964caafb560a3a9b582e90f4c5fef6b4025d5c0f");

  @Test
  void an_erasure_record_is_verified_in_one_line_that_says_what_was_erased_and_when()
      throws IOException {
    String file = export(ERASURE.getBytes(StandardCharsets.UTF_8));
    assertThat(run("verify", file, "--public-key", KEY)).isZero();
    assertThat(out())
        .isEqualTo(
            "verified: subject "
                + "02".repeat(16)
                + " of tenant default was erased at 2026-11-21T08:00:00.000001Z: 3 data keys destroyed,"
                + " 5 tokens ended, 4 of them shredded, request request-1\n");
    out.reset();
    assertThat(run("verify", "--json", file, "--public-key", KEY)).isZero();
    assertThat(out())
        .isEqualTo(
            "{\"result\":\"erased\",\"tenant\":\"default\",\"subjectDigest\":\""
                + "02".repeat(16)
                + "\",\"keys\":3,\"tokens\":5,\"shredded\":4,\"at\":\"2026-11-21T08:00:00.000001Z\","
                + "\"requestId\":\"request-1\"}\n");
  }

  @Test
  void an_erasure_record_that_was_changed_is_broken() throws IOException {
    String changed = ERASURE.replace("\"keys\":3", "\"keys\":4");
    String file = export(changed.getBytes(StandardCharsets.UTF_8));
    assertThat(run("verify", file, "--public-key", KEY)).isEqualTo(1);
    assertThat(out())
        .isEqualTo(
            "broken: line 1: the erasure record was changed, or is not signed by the given key\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void a_selection_is_no_answer() throws IOException {
    String line =
        "{\"type\":\"selection\",\"at\":\"2026-11-21T08:00:00.000000Z\",\"tenant\":\"default\"}\n";
    String file = export(line.getBytes(StandardCharsets.UTF_8));
    assertThat(run("verify", file, "--public-key", KEY)).isEqualTo(2);
    assertThat(out()).startsWith("not verified: a selection");
    out.reset();
    assertThat(run("verify", "--json", file, "--public-key", KEY)).isEqualTo(2);
    assertThat(out()).startsWith("{\"result\":\"selection\",\"events\":0,");
  }

  @Test
  void wrong_usage_and_unreadable_files_are_no_answer() throws IOException {
    String file = export(SampleTrail.smallExport());
    assertThat(run("verify", file)).isEqualTo(2);
    assertThat(run("verify", "--public-key", KEY)).isEqualTo(2);
    assertThat(run("verify", file, "--public-key", KEY, "--force")).isEqualTo(2);
    assertThat(run("verify", file, "--public-key", "no-key-and-no-file")).isEqualTo(2);
    assertThat(run("verify", file, "--public-key", file)).isEqualTo(2);
    assertThat(run("verify", folder.resolve("absent").toString(), "--public-key", KEY))
        .isEqualTo(2);
    assertThat(run("verify", folder.toString(), "--public-key", KEY)).isEqualTo(2);
    assertThat(run("verify", "a\u0000b", "--public-key", KEY)).isEqualTo(2);
    assertThat(out()).isEmpty();
  }

  @Test
  void help_tells_usage_and_exit_codes() {
    assertThat(run("verify", "--help")).isZero();
    assertThat(out()).contains("audit verify", "--public-key=KEY", "--json", "FILE", "Exit codes:");
  }

  private int run(String... arguments) {
    AuditCommand command =
        new AuditCommand(new ByteArrayInputStream(input), print(out), print(err));
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  private static PrintStream print(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  private String export(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "trail", ".ndjson"), bytes).toString();
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
