package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Noise: a verdict always, an exception never. */
class TrailVerifierFuzzTest {
  private static final int ROUNDS = 500;
  private static final String JSON = "{}[]\":,\\u0019eE+-. \n\"type\"nulltruefalse";

  private final TrailVerifier verifier = new TrailVerifier(List.of(SampleTrail.SIGNER.key()));

  @Test
  void random_bytes_are_broken() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThat(verify(noise)).as("seed 1, round %s", round).isInstanceOf(Verdict.Broken.class);
    }
  }

  @Test
  void random_json_is_broken() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder noise = new StringBuilder("{\"type\":\"event\",");
      for (int i = random.nextInt(60); i >= 0; i--) {
        noise.append(JSON.charAt(random.nextInt(JSON.length())));
      }
      assertThat(verify(noise.toString().getBytes(StandardCharsets.UTF_8)))
          .as("seed 2, round %s", round)
          .isInstanceOf(Verdict.Broken.class);
    }
  }

  @Test
  void a_flipped_bit_anywhere_in_an_export_is_broken() throws IOException {
    byte[] export = SampleTrail.smallExport();
    Random random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] flipped = export.clone();
      int at = random.nextInt(export.length - 1); // the last line feed may be missing
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertThat(verify(flipped))
          .as("seed 3, round %s, byte %s", round, at)
          .isInstanceOf(Verdict.Broken.class);
    }
  }

  @Test
  void a_cut_anywhere_in_an_export_is_broken() throws IOException {
    byte[] export = SampleTrail.smallExport();
    for (int kept = 0; kept < export.length - 1; kept += 61) {
      byte[] cut = Arrays.copyOf(export, kept);
      assertThat(verify(cut)).as("%s bytes", kept).isInstanceOf(Verdict.Broken.class);
    }
  }

  @Test
  void a_line_without_end_is_given_up() throws IOException {
    try (InputStream endless = new Endless()) {
      assertThat(verifier.verify(endless))
          .isEqualTo(
              new Verdict.Broken(
                  1, "", 0, "this line is no line of an export: longer than 33554432 bytes"));
    }
  }

  @Test
  void deep_nesting_is_given_up() throws IOException {
    byte[] deep = "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    assertThat(verify(deep)).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_stream_that_comes_in_drops_is_read_all_the_same() throws IOException {
    byte[] export = SampleTrail.smallExport();
    InputStream drops = new ByteArrayInputStream(new byte[0]);
    for (int i = 0; i < export.length; i += 997) {
      int size = Math.min(997, export.length - i);
      drops = new SequenceInputStream(drops, new ByteArrayInputStream(export, i, size));
    }
    assertThat(verifier.verify(drops)).isInstanceOf(Verdict.Verified.class);
  }

  private Verdict verify(byte[] bytes) throws IOException {
    return verifier.verify(new ByteArrayInputStream(bytes));
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Arrays.fill(target, offset, offset + length, (byte) 'x');
      return length;
    }
  }
}
