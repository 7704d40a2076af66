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

/**
 * The two roots: from the files that the configuration names or, in development, from files that
 * the program makes.
 */
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
   * @throws StartRefused when a root is missing, damaged, open to others, of the wrong kind or used
   *     twice, or when production is asked for roots that the program made itself
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
    Path seal = folder.resolve("dev-seal.root");
    Path digest = folder.resolve("dev-digest.root");
    boolean made =
        makeIfMissing(RootKind.DEVELOPMENT_SEAL, seal, random)
            | makeIfMissing(RootKind.DEVELOPMENT_DIGEST, digest, random);
    if (made) {
      LOG.warn("made roots for development in {}; production refuses them", folder);
    }
    return new Roots(
        RootFile.read(KeyConfig.DEVELOPMENT_FOLDER, RootKind.SEAL, seal, Stage.DEVELOPMENT),
        RootFile.read(KeyConfig.DEVELOPMENT_FOLDER, RootKind.DIGEST, digest, Stage.DEVELOPMENT));
  }

  private static boolean makeIfMissing(RootKind kind, Path file, SecureRandom random) {
    if (Files.exists(file)) {
      return false;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      RootFile.generate(kind, file, random);
      return true;
    } catch (FileAlreadyExistsException e) { // another process was faster: its root is ours too
      return false;
    } catch (IOException e) {
      throw new StartRefused(KeyConfig.DEVELOPMENT_FOLDER, file + " cannot be written");
    }
  }
}
