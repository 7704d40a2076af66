package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.crypto.CiphertextSealer.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The vectors of app/docs/ciphertext.md: what is printed there is what the program does. */
class CiphertextVectorsTest {
  private static final Path PAGE = Path.of("docs", "ciphertext.md");
  private static final Pattern VECTOR = Pattern.compile("(?m)^ {4}([a-z][a-z -]*[a-z])  +(.+)$");

  private final Map<String, String> printed = printed();

  private static Map<String, String> printed() {
    try {
      Map<String, String> vectors = new HashMap<>();
      // what is continued stands on lines of its own
      String page = Files.readString(PAGE).replaceAll("\\n {17,}", "");
      VECTOR
          .matcher(page)
          .results()
          .forEach(match -> vectors.put(match.group(1), match.group(2).strip()));
      return vectors;
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private byte[] bytesOf(String name) {
    return hex(text(name));
  }

  private String text(String name) {
    return Optional.ofNullable(printed.get(name)).orElseThrow(() -> new AssertionError(name));
  }

  @Test
  void a_ciphertext_is_as_printed() {
    DataKey key = new DataKey(7, DataKeyUse.CIPHERTEXT, bytesOf("data key"));
    byte[] envelope = Envelope.seal(key, 1, bytes(text("value")), bytesOf("bound"));
    assertThat(hex(envelope)).isEqualTo(text("envelope"));
    assertThat(hex(envelope)).startsWith(text("head")).endsWith(text("tag"));
    assertThat(
            CiphertextSealer.PREFIX
                + Base64.getUrlEncoder().withoutPadding().encodeToString(envelope))
        .isEqualTo(text("ciphertext"));
    assertThat(Envelope.open(key, envelope, bytesOf("bound"))).isEqualTo(bytes(text("value")));
  }

  @Test
  void a_ciphertext_without_a_context_is_as_printed() {
    DataKey key = new DataKey(7, DataKeyUse.CIPHERTEXT, bytesOf("data key"));
    byte[] envelope = Envelope.seal(key, 2, bytes(text("value")), bytesOf("bound without context"));
    assertThat(
            CiphertextSealer.PREFIX
                + Base64.getUrlEncoder().withoutPadding().encodeToString(envelope))
        .isEqualTo(text("ciphertext without context"));
  }

  @Test
  void a_sealed_data_key_is_as_printed() {
    var pair = XWing.keyPair(bytesOf("seed of the pair"));
    byte[] sealed =
        XWing.seal(
            XWing.publicKey(pair),
            bytesOf("info"),
            bytesOf("associated data"),
            bytesOf("data key"),
            new FixedRandom(bytesOf("encapsulation seed")));
    assertThat(hex(sealed)).isEqualTo(text("sealed data key"));
    assertThat(XWing.open(pair, bytesOf("info"), bytesOf("associated data"), sealed))
        .isEqualTo(bytesOf("data key"));
    assertThat(hex(Framing.of(bytes("scrip data key"), Framing.int32(1), bytes("ciphertext"))))
        .isEqualTo(text("info"));
    assertThat(hex(Framing.text("node-1"))).isEqualTo(text("associated data"));
  }

  /** From the row to the value, as the service reads it. */
  @Test
  void the_program_opens_what_is_printed() {
    InMemoryKeyTable table = new InMemoryKeyTable();
    var pair = XWing.keyPair(bytesOf("seed of the pair"));
    byte[] publicHalf = withSuite(XWing.publicKey(pair));
    byte[] wrapped =
        TestKeys.custody()
            .wrap(
                bytesOf("seed of the pair"),
                Framing.of(bytes("scrip key encryption key"), Framing.int32(1), publicHalf));
    var mac = new KekMac(RootSet.of(TestKeys.DIGEST_ROOT));
    table.overwrite(
        new KeyTable.KeyEncryptionKey(
            1,
            publicHalf,
            withSuite(wrapped),
            TestKeys.SEAL_ROOT.id(),
            mac.over(1, publicHalf),
            mac.rootId(),
            Instant.EPOCH));
    table.overwrite(
        7,
        new KeyTable.SealedDataKey(
            1,
            DataKeyUse.CIPHERTEXT,
            Optional.empty(),
            "node-1",
            bytesOf("sealed data key"),
            Instant.EPOCH));
    CiphertextSealer sealer =
        TestKeys.keyring(table, KeyConfig.DEFAULT, new ManualClock()).ciphertexts();
    Opening opening = sealer.open(text("ciphertext"), bytesOf("bound"));
    assertThat(((Opening.Opened) opening).plaintext()).isEqualTo(bytes(text("value")));
  }

  private static byte[] withSuite(byte[] body) {
    byte[] joined = Arrays.copyOf(new byte[] {XWing.SUITE}, 1 + body.length);
    System.arraycopy(body, 0, joined, 1, body.length);
    return joined;
  }
}
