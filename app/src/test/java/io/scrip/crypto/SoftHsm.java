package io.scrip.crypto;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.KeyGenerator;

/**
 * A token in software, from the distribution's package softhsm2. The library reads its
 * configuration once in a process, so all tests share one token and each has keys of its own.
 */
final class SoftHsm {
  static final String PIN = "canary-pin-1234";
  static final String LABEL = "scrip test";
  private static final Optional<Path> LIBRARY =
      List.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so").stream()
          .map(Path::of)
          .filter(Files::exists)
          .findFirst();
  private static Optional<SoftHsm> shared = Optional.empty();

  private final Path folder;

  private SoftHsm(Path folder) {
    this.folder = folder;
  }

  /** For {@code @EnabledIf}. */
  static boolean isHere() {
    return LIBRARY.isPresent();
  }

  static synchronized SoftHsm get() throws Exception {
    if (shared.isEmpty()) {
      shared = Optional.of(make());
    }
    return shared.get();
  }

  private static SoftHsm make() throws Exception {
    Path folder = Files.createTempDirectory("softhsm");
    Path conf = folder.resolve("softhsm2.conf");
    Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        conf,
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(folder.resolve("tokens")));
    var command =
        new ProcessBuilder(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            LABEL,
            "--so-pin",
            "12345678",
            "--pin",
            PIN);
    command.environment().put("SOFTHSM2_CONF", conf.toString());
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    setEnvironment("SOFTHSM2_CONF", conf.toString());
    return new SoftHsm(folder);
  }

  /** The library asks C for it, and Java only hands variables to processes that it starts. */
  private static void setEnvironment(String name, String value) throws Exception {
    Linker linker = Linker.nativeLinker();
    var setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int code = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (code != 0) {
        throw new IllegalStateException("setenv: " + code);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  Path library() {
    return LIBRARY.orElseThrow();
  }

  /** A label that no other test has. */
  static String freshLabel() {
    return "scrip-" + UUID.randomUUID();
  }

  Path pinFile(String pin) throws IOException {
    Path file = Files.createTempFile(folder, "pin", "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.writeString(file, pin + "\n");
    return file;
  }

  Pkcs11Config config(String keyLabel) throws IOException {
    return new Pkcs11Config(library(), null, LABEL, keyLabel, pinFile(PIN));
  }

  /** A key that our own command would never make. */
  void badKey(String label, int bits, String attributes) throws Exception {
    long slot = new Pkcs11Library(library()).slots(LABEL).getFirst();
    Provider provider =
        Security.getProvider("SunPKCS11")
            .configure(
                "--name=bad\nlibrary=\"%s\"\nslot=%d\nattributes(generate,CKO_SECRET_KEY,*) = { %s }\n"
                    .formatted(library(), slot, attributes));
    KeyStore keys = KeyStore.getInstance("PKCS11", provider);
    keys.load(null, PIN.toCharArray());
    KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
    generator.init(bits);
    keys.setKeyEntry(label, generator.generateKey(), null, null);
  }

  void goAway() throws IOException {
    Files.move(folder.resolve("tokens"), folder.resolve("away"));
  }

  void comeBack() throws IOException {
    Files.move(folder.resolve("away"), folder.resolve("tokens"));
  }
}
