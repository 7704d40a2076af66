package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootFileTest {
  private static final String SETTING = "scrip.keys.seal-roots";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void generate() throws Exception {
    file = folder.resolve("seal.root");
    RootFile.generate(RootKind.SEAL, file, RANDOM);
  }

  private static RootKey read(Path file) {
    return RootFile.read(SETTING, RootKind.SEAL, file, Stage.PRODUCTION);
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(SETTING + ": ")
        .hasMessageContaining(why);
  }

  @Test
  void a_generated_root_is_one_line_for_its_owner_alone() throws Exception {
    RootKey root = read(file);
    assertThat(Files.readString(file))
        .matches("scrip-seal-root-v1:[0-9a-f]{8}:[A-Za-z0-9+/]{43}=\n")
        .contains(":" + root.id() + ":");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_known_root_stays_readable_for_ever() throws Exception {
    String line = "scrip-seal-root-v1:b8b327c1:ERERERERERERERERERERERERERERERERERERERERERE=";
    Files.writeString(file, line);
    assertThat(read(file).hasSameBytesAs(TestKeys.SEAL_ROOT)).isTrue();
  }

  @Test
  void an_existing_file_is_never_overwritten() throws Exception {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> RootFile.generate(RootKind.SEAL, file, RANDOM))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void no_two_roots_are_alike() throws Exception {
    Path other = folder.resolve("other.root");
    RootFile.generate(RootKind.SEAL, other, RANDOM);
    assertThat(read(file).hasSameBytesAs(read(other))).isFalse();
    assertThat(read(file).hasSameBytesAs(read(file))).isTrue();
  }

  @Test
  void a_symbolic_link_is_followed_as_a_mounted_secret_needs() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
    Path twice = Files.createSymbolicLink(folder.resolve("twice"), link.getFileName());
    assertThat(read(twice).id()).isEqualTo(read(file).id());
  }

  @Test
  void a_missing_file_a_folder_and_a_dangling_link_are_refused() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    assertRefused(folder.resolve("none"), "there is no file");
    assertRefused(folder, "there is no file");
    assertRefused(link, "there is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-r--r--", "rw-----w-", "rw-rw-rw-"})
  void a_file_that_is_open_to_others_is_refused(String mode) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertRefused(file, "open to others");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertRefused(link, "open to others");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "rw-------", "rw-r-----", "r--r-----"})
  void a_file_for_owner_and_group_is_read(String mode) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThat(read(file).kind()).isEqualTo(RootKind.SEAL);
  }

  @Test
  void a_root_of_another_kind_is_refused_and_named() throws Exception {
    for (RootKind kind : RootKind.values()) {
      Path other = folder.resolve(kind.name());
      RootFile.generate(kind, other, RANDOM);
      if (kind != RootKind.SEAL) {
        assertRefused(other, "holds a " + kind.word() + ",");
      }
    }
  }

  @Test
  void development_takes_its_own_kind_and_the_real_one_but_no_digest_root_as_seal_root()
      throws Exception {
    for (RootKind kind : RootKind.values()) {
      Path other = folder.resolve(kind.name());
      RootFile.generate(kind, other, RANDOM);
      if (kind.ofDevelopment() == RootKind.DEVELOPMENT_SEAL) {
        assertThat(RootFile.read(SETTING, RootKind.SEAL, other, Stage.DEVELOPMENT).kind())
            .isEqualTo(kind);
      } else {
        assertThatThrownBy(() -> RootFile.read(SETTING, RootKind.SEAL, other, Stage.DEVELOPMENT))
            .isInstanceOf(StartRefused.class);
      }
    }
  }

  @Test
  void a_file_cut_anywhere_is_refused() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int size = 0; size < whole.length - 1; size++) { // without its newline it is whole
      Files.write(file, Arrays.copyOf(whole, size));
      assertRefused(file, "the file");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThat(read(file).kind()).isEqualTo(RootKind.SEAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", " ", "x", "=", "\0", "\nscrip-seal-root-v1:"})
  void anything_behind_the_line_is_refused(String rubbish) throws Exception {
    String line = Files.readString(file);
    Files.writeString(file, line + rubbish);
    assertRefused(file, "damaged");
    Files.writeString(file, line.strip() + rubbish + "\n");
    assertRefused(file, "damaged");
  }

  @Test
  void a_line_end_of_another_system_is_refused() throws Exception {
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
    assertRefused(file, "damaged");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 31, 33, 64})
  void a_key_of_another_size_is_refused(int size) throws Exception {
    String base64 = Base64.getEncoder().encodeToString(new byte[size]);
    Files.writeString(file, "scrip-seal-root-v1:" + read(file).id() + ":" + base64);
    assertRefused(file, "damaged");
  }

  @Test
  void a_flipped_bit_anywhere_is_refused() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < (whole.length - 1) * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, flipped);
      assertRefused(file, "the file");
    }
  }

  @Test
  void a_huge_file_is_refused_without_being_read_whole() throws Exception {
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.position(1L << 34);
      out.write(ByteBuffer.wrap(bytes("x")));
    }
    assertRefused(file, "damaged");
  }

  @Test
  void noise_is_refused_and_never_repeated() {
    long seed = 5;
    Random random = new Random(seed);
    byte[] head = bytes("scrip-seal-root-v1:");
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      if (noise.length > head.length && random.nextBoolean()) {
        System.arraycopy(head, 0, noise, 0, head.length);
      }
      String content = new String(noise, StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> RootLine.parse(SETTING, RootKind.SEAL, "f", noise, Stage.PRODUCTION))
          .as("seed %d, round %d", seed, i)
          .isExactlyInstanceOf(StartRefused.class)
          .hasNoCause()
          .satisfies(
              refused -> {
                if (noise.length > head.length + 4) {
                  assertThat(refused.getMessage()).doesNotContain(content.substring(head.length));
                }
              });
    }
  }
}
