package io.scrip.crypto;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two roots: from the files that the configuration names or, in development, from files that the program makes. */
public final class Roots {
  private static final Logger LOG = LoggerFactory.getLogger(Roots.class);

  private final RootKey seal;
  private final RootKey digest;

  private Roots(RootKey seal, RootKey digest) {
    if (seal.hasSameBytesAs(digest)) {
      throw new StartRefused(
          KeyConfig.DIGEST_ROOT_FILE, "holds the same key as " + KeyConfig.SEAL_ROOT_FILE);
    }
    this.seal = seal;
    this.digest = digest;
  }

  /**
   * @throws StartRefused when a root is missing, damaged, open to others, of the wrong kind or used twice, or when
   *     production is asked for roots that the program made itself
   */
  public static Roots load(KeyConfig config, Stage stage, SecureRandom random) {
    refuseDevelopmentInProduction(config, stage);
    return makesItsOwn(config, stage) ? ofDevelopment(config, random) : ofFiles(config, stage);
  }

  public RootKey seal() {
    return seal;
  }

  public RootKey digest() {
    return digest;
  }

  private static void refuseDevelopmentInProduction(KeyConfig config, Stage stage) {
    if (stage == Stage.PRODUCTION && config.developmentRoot().orElse(false)) {
      throw new StartRefused(
          KeyConfig.DEVELOPMENT_ROOT, "is for development only; name the two root files instead");
    }
  }

  private static boolean makesItsOwn(KeyConfig config, Stage stage) {
    return stage == Stage.DEVELOPMENT
        && config.developmentRoot().orElse(true)
        && config.sealRootFile().isEmpty()
        && config.digestRootFile().isEmpty();
  }

  private static Roots ofFiles(KeyConfig config, Stage stage) {
    Path seal = config.sealRootFile().orElseThrow(() -> missing(KeyConfig.SEAL_ROOT_FILE));
    Path digest = config.digestRootFile().orElseThrow(() -> missing(KeyConfig.DIGEST_ROOT_FILE));
    return new Roots(
        RootFile.read(KeyConfig.SEAL_ROOT_FILE, RootKind.SEAL, seal, stage),
        RootFile.read(KeyConfig.DIGEST_ROOT_FILE, RootKind.DIGEST, digest, stage));
  }

  private static StartRefused missing(String setting) {
    return new StartRefused(setting, "is not set; it names the file that holds this root");
  }

  private static Roots ofDevelopment(KeyConfig config, SecureRandom random) {
    Path folder = config.developmentFolder();
    return new Roots(
        ofDevelopment(RootKind.SEAL, folder.resolve("dev-seal.root"), random),
        ofDevelopment(RootKind.DIGEST, folder.resolve("dev-digest.root"), random));
  }

  private static RootKey ofDevelopment(RootKind kind, Path file, SecureRandom random) {
    try {
      if (Files.notExists(file)) {
        make(kind.ofDevelopment(), file, random);
      }
    } catch (IOException e) {
      throw new StartRefused(KeyConfig.DEVELOPMENT_FOLDER, file + " cannot be written");
    }
    return RootFile.read(KeyConfig.DEVELOPMENT_FOLDER, kind, file, Stage.DEVELOPMENT);
  }

  private static void make(RootKind kind, Path file, SecureRandom random) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      String id = RootFile.generate(kind, file, random);
      LOG.warn("made root {} in {}: for development only, production refuses it", id, file);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("another process made {} first", file);
    }
  }
}
