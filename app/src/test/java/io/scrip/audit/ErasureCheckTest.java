package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An erasure record, checked offline. The vector of app/docs/audit.md was made by another program.
 */
class ErasureCheckTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00.000001Z");
  private static final Erasure RECORD =
      Erasure.signed(
          TenantId.DEFAULT,
          SampleTrail.digest(2),
          3,
          5,
          4,
          AT,
          new RequestId("request-1"),
          SampleTrail.SIGNER);
  private static final String JSON =
      """
      {"type":"erasure","tenant":"default","subjectDigest":"%s","keys":3,"tokens":5,"shredded":4,\
      "at":"2026-11-21T08:00:00.000001Z","requestId":"request-1","keyId":"test-key-7","signature":"%s"}\
      """
          .formatted("02".repeat(16), RECORD.signatureHex());

  private static Verdict verify(String file, TestSigner... signers) {
    var keys = List.of(signers).stream().map(TestSigner::key).toList();
    try {
      return new TrailVerifier(keys)
          .verify(new ByteArrayInputStream(file.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void assertBroken(String file) {
    assertThat(verify(file, new TestSigner(7))).as(file).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void any_byte_changed_is_refused() {
    for (int i = 0; i < JSON.length(); i++) {
      for (int bit = 0; bit < 8; bit++) {
        char[] changed = JSON.toCharArray();
        changed[i] ^= (char) (1 << bit);
        assertBroken(new String(changed));
      }
    }
  }

  @Test
  void any_end_cut_off_is_refused() {
    for (int size = 0; size < JSON.length(); size++) {
      assertBroken(JSON.substring(0, size));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "keys":3     | "keys":4
          "keys":3     | "keys":03
          "keys":3     | "keys":3.0
          "keys":3     | "keys":-3
          "keys":3     | "keys":"3"
          "tokens":5   | "tokens":4
          "shredded":4 | "shredded":5
          "keys":3,    | "keys":3,"keys":3,
          "keys":3,    | "keys":3,"more":1,
          "keys":3,    | ''
          .000001Z     | .000002Z
          .000001Z     | .0000010Z
          request-1    | request-2
          default      | other
          test-key-7   | test-key-8
          """)
  void any_field_changed_added_or_missing_is_refused(String before, String after) {
    assertThat(JSON).contains(before);
    assertBroken(JSON.replace(before, after));
  }

  @Test
  void a_record_of_another_key_is_refused_and_of_several_keys_any_will_do() {
    assertThat(verify(JSON, new TestSigner(8))).isInstanceOf(Verdict.Broken.class);
    assertThat(verify(JSON, new TestSigner(8), new TestSigner(7)))
        .isInstanceOf(Verdict.Erased.class);
  }

  @Test
  void a_signature_of_something_else_is_refused() {
    byte[] other = SampleTrail.SIGNER.sign(Checkpoint.message("c", 1, AT, new byte[32], "k"));
    assertBroken(JSON.replace(RECORD.signatureHex(), HexFormat.of().formatHex(other)));
  }

  @Test
  void two_records_in_one_file_are_refused() {
    assertBroken(JSON + "\n" + JSON);
    assertBroken(JSON + " ".repeat(ErasureCheck.MAX_BYTES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s\n", "\n  %s\r\n"})
  void white_space_around_it_means_nothing(String format) {
    assertVerified(format.formatted(JSON));
  }

  @Test
  void nor_does_white_space_between_its_parts() {
    assertVerified(JSON.replace(",", ",\n  ").replace("{", "{\n  ").replace("\":", "\" : "));
  }

  private static void assertVerified(String file) {
    assertThat(verify(file, new TestSigner(7)))
        .isInstanceOfSatisfying(
            Verdict.Erased.class,
            erased -> {
              assertThat(erased.record().keys()).isEqualTo(3);
              assertThat(erased.record().tokens()).isEqualTo(5);
              assertThat(erased.record().shredded()).isEqualTo(4);
              assertThat(erased.record().at()).isEqualTo(AT);
              assertThat(erased.record().subjectHex()).isEqualTo("02".repeat(16));
            });
  }
}
