package io.scrip.crypto;

import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots of this process: from the files that the configuration names or, in development, from
 * files that the program makes. A write plane has no seal root, and will not start where it is
 * given one.
 */
public final class Roots {
  private static final Logger LOG = LoggerFactory.getLogger(Roots.class);

  private final Optional<RootSet> seal;
  private final RootSet digest;

  private Roots(Optional<RootSet> seal, RootSet digest) {
    this.seal = seal;
    this.digest = digest;
    seal.ifPresent(
        set -> {
          digest.mustDifferFrom(set);
          set.mustDifferFrom(digest);
        });
  }

  /**
   * @param custody who wraps; a custodian that holds its own root needs no seal root here
   * @throws StartRefused when a root is missing, damaged, open to others, of the wrong kind or used
   *     twice, when production is asked for roots that the program made itself, or when a write
   *     plane can reach a seal root
   */
  public static Roots load(
      KeyConfig config,
      CustodyKind custody,
      Plane plane,
      Stage stage,
      SecureRandom random,
      InstantSource clock) {
    refuseDevelopmentInProduction(config, stage);
    refuseSealRootsOnWritePlane(config, plane);
    return makesItsOwn(config, stage)
        ? ofDevelopment(config, custody, plane, random, clock)
        : ofFiles(config, custody, plane, stage, clock);
  }

  /** Empty on a write plane, and where another custodian has always held the root. */
  public Optional<RootSet> seal() {
    return seal;
  }

  public RootSet digest() {
    return digest;
  }

  /**
   * Looks at the disk now: for those who do not ask, and for whoever is about to change keys, so
   * that a new root counts at once.
   */
  public void look() {
    seal.ifPresent(RootSet::look);
    digest.look();
  }

  private static void refuseDevelopmentInProduction(KeyConfig config, Stage stage) {
    if (stage == Stage.PRODUCTION && config.developmentRoot().orElse(false)) {
      throw new StartRefused(
          KeyConfig.DEVELOPMENT_ROOT, "is for development only; name the roots instead");
    }
  }

  private static void refuseSealRootsOnWritePlane(KeyConfig config, Plane plane) {
    if (!plane.opens() && config.sealRoots().isPresent()) {
      throw new StartRefused(
          KeyConfig.SEAL_ROOTS,
          "must not be set where %s is %s: it would open what it seals"
              .formatted(Plane.SETTING, plane.word()));
    }
  }

  private static boolean makesItsOwn(KeyConfig config, Stage stage) {
    return stage == Stage.DEVELOPMENT
        && config.developmentRoot().orElse(true)
        && config.sealRoots().isEmpty()
        && config.digestRoots().isEmpty();
  }

  private static Roots ofFiles(
      KeyConfig config, CustodyKind custody, Plane plane, Stage stage, InstantSource clock) {
    if (plane.opens() && custody == CustodyKind.FILES && config.sealRoots().isEmpty()) {
      throw missing(KeyConfig.SEAL_ROOTS);
    }
    Path digest = config.digestRoots().orElseThrow(() -> missing(KeyConfig.DIGEST_ROOTS));
    return new Roots(
        config
            .sealRoots()
            .map(path -> set(KeyConfig.SEAL_ROOTS, RootKind.SEAL, path, stage, clock)),
        set(KeyConfig.DIGEST_ROOTS, RootKind.DIGEST, digest, stage, clock));
  }

  private static RootSet set(
      String setting, RootKind wanted, Path path, Stage stage, InstantSource clock) {
    return new RootSet(new RootFolder(setting, wanted, path, stage), clock);
  }

  private static StartRefused missing(String setting) {
    return new StartRefused(
        setting, "is not set; it names a root file, or a folder of files that end in .root");
  }

  private static Roots ofDevelopment(
      KeyConfig config,
      CustodyKind custody,
      Plane plane,
      SecureRandom random,
      InstantSource clock) {
    Path folder = config.developmentFolder();
    Path seal = folder.resolve("dev-seal.root");
    Path digest = folder.resolve("dev-digest.root");
    boolean sealed = plane.opens() && (custody == CustodyKind.FILES || Files.exists(seal));
    refuseDevelopmentSealRoot(plane, seal, digest);
    boolean made =
        (sealed && makeIfMissing(RootKind.DEVELOPMENT_SEAL, seal, random))
            | makeIfMissing(RootKind.DEVELOPMENT_DIGEST, digest, random);
    if (made) {
      LOG.warn("made roots for development in {}; production refuses them", folder);
    }
    return new Roots(
        Optional.of(seal).filter(path -> sealed).map(path -> own(RootKind.SEAL, path, clock)),
        own(RootKind.DIGEST, digest, clock));
  }

  /**
   * On a laptop both planes are started from one folder, and this one would find the root there.
   */
  private static void refuseDevelopmentSealRoot(Plane plane, Path seal, Path digest) {
    if (!plane.opens() && Files.isReadable(seal)) {
      throw new StartRefused(
          KeyConfig.DEVELOPMENT_FOLDER,
          "%s can be read here, and %s is %s; set %s to %s, which is all that it needs of the folder"
              .formatted(seal, Plane.SETTING, plane.word(), KeyConfig.DIGEST_ROOTS, digest));
    }
  }

  private static RootSet own(RootKind wanted, Path file, InstantSource clock) {
    return set(KeyConfig.DEVELOPMENT_FOLDER, wanted, file, Stage.DEVELOPMENT, clock);
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
