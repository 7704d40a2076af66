package io.scrip.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.scrip.identity.StartRefused;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/**
 * The stand-in's RSA key of 2,048 bits, which is what Auth0 signs with; kept in a file that only
 * its owner can read.
 */
@Singleton
@InDevelopment
final class SigningKey {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final RSAKey key;

  /**
   * @throws StartRefused when the file cannot be written or holds no RSA key
   */
  SigningKey(StandInConfig config) {
    Path file = config.keyFile();
    try {
      if (!Files.exists(file)) {
        write(file, generate());
      }
      key = RSAKey.parse(Files.readString(file));
    } catch (IOException | ParseException | JOSEException e) {
      throw new StartRefused(
          "scrip.issuer.key-file",
          "holds no readable RSA key; delete the file to have a new one made ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }

  RSAKey key() {
    return key;
  }

  RSAKey publicKey() {
    return key.toPublicJWK();
  }

  private static RSAKey generate() throws JOSEException {
    return new RSAKeyGenerator(2048)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.RS256)
        .keyIDFromThumbprint(true)
        .generate();
  }

  /** Through a file beside it, so that a kill in between leaves no half a key. */
  private static void write(Path file, RSAKey key) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    Path half = createOwnerOnly(folder);
    Files.writeString(half, key.toJSONString());
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path createOwnerOnly(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    return Files.createTempFile(folder, "dev-issuer", ".tmp", attributes);
  }
}
