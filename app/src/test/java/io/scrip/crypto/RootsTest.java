package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {
  @TempDir private Path folder;

  private KeyConfig config(
      @Nullable Path seal, @Nullable Path digest, @Nullable Boolean developmentRoot) {
    Path data = folder.resolve("data");
    return new KeyConfig(seal, digest, developmentRoot, data, null, null, null, null, null, null);
  }

  private Path file(RootKind kind) throws Exception {
    Path file = folder.resolve(kind.name());
    RootFile.generate(kind, file, RANDOM);
    return file;
  }

  private static void assertRefused(KeyConfig config, Stage stage, String setting) {
    assertThatThrownBy(() -> TestKeys.roots(config, Plane.ALL, stage))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(setting + ": ");
  }

  @Test
  void production_reads_the_two_files() throws Exception {
    var config = config(file(RootKind.SEAL), file(RootKind.DIGEST), null);
    Roots roots = TestKeys.roots(config, Plane.ALL, Stage.PRODUCTION);
    assertThat(roots.seal().orElseThrow().newest().kind()).isEqualTo(RootKind.SEAL);
    assertThat(roots.digest().newest().kind()).isEqualTo(RootKind.DIGEST);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void production_without_a_file_is_refused_by_the_setting_and_makes_nothing() throws Exception {
    assertRefused(config(null, null, null), Stage.PRODUCTION, KeyConfig.SEAL_ROOTS);
    assertRefused(config(null, null, false), Stage.PRODUCTION, KeyConfig.SEAL_ROOTS);
    assertRefused(
        config(file(RootKind.SEAL), null, null), Stage.PRODUCTION, KeyConfig.DIGEST_ROOTS);
    assertRefused(
        config(null, file(RootKind.DIGEST), null), Stage.PRODUCTION, KeyConfig.SEAL_ROOTS);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void production_refuses_to_make_its_own_roots_even_beside_real_ones() throws Exception {
    assertRefused(
        config(file(RootKind.SEAL), file(RootKind.DIGEST), true),
        Stage.PRODUCTION,
        KeyConfig.DEVELOPMENT_ROOT);
  }

  @Test
  void development_makes_its_roots_once_and_keeps_them() {
    var config = config(null, null, null);
    Roots first = TestKeys.roots(config, Plane.ALL, Stage.DEVELOPMENT);
    Roots second = TestKeys.roots(config, Plane.ALL, Stage.DEVELOPMENT);
    assertThat(first.seal().orElseThrow().newest().kind()).isEqualTo(RootKind.DEVELOPMENT_SEAL);
    assertThat(first.digest().newest().kind()).isEqualTo(RootKind.DEVELOPMENT_DIGEST);
    assertThat(
            second
                .seal()
                .orElseThrow()
                .newest()
                .hasSameBytesAs(first.seal().orElseThrow().newest()))
        .isTrue();
    assertThat(second.digest().newest().hasSameBytesAs(first.digest().newest())).isTrue();
    assertThat(folder.resolve("data/dev-seal.root")).exists();
    assertThat(folder.resolve("data/dev-digest.root")).exists();
  }

  @Test
  void development_that_was_told_not_to_make_roots_asks_for_files() {
    assertRefused(config(null, null, false), Stage.DEVELOPMENT, KeyConfig.SEAL_ROOTS);
  }

  @Test
  void development_with_one_file_asks_for_the_other() throws Exception {
    assertRefused(
        config(file(RootKind.SEAL), null, null), Stage.DEVELOPMENT, KeyConfig.DIGEST_ROOTS);
  }

  @Test
  void one_key_in_both_places_is_refused() throws Exception {
    Path seal = folder.resolve("seal");
    Path digest = folder.resolve("digest");
    for (var entry :
        List.of(
            Map.entry(seal, TestKeys.root(RootKind.SEAL, 9)),
            Map.entry(digest, TestKeys.root(RootKind.DIGEST, 9)))) {
      RootFile.generate(entry.getValue().kind(), entry.getKey(), RANDOM);
      Files.write(entry.getKey(), RootLine.of(entry.getValue()));
    }
    assertRefused(config(seal, digest, null), Stage.PRODUCTION, KeyConfig.DIGEST_ROOTS);
  }

  @Test
  void files_in_each_others_place_are_refused() throws Exception {
    assertRefused(
        config(file(RootKind.DIGEST), file(RootKind.SEAL), null),
        Stage.PRODUCTION,
        KeyConfig.SEAL_ROOTS);
  }

  @Test
  void processes_that_start_at_once_agree_on_their_roots() throws Exception {
    var config = config(null, null, null);
    List<Callable<String>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      starts.add(
          () -> {
            Roots roots = TestKeys.roots(config, Plane.ALL, Stage.DEVELOPMENT);
            return roots.seal().orElseThrow().newest().id() + roots.digest().newest().id();
          });
    }
    Set<String> found = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var start : threads.invokeAll(starts)) {
        found.add(start.get());
      }
    }
    assertThat(found).hasSize(1);
    try (var left = Files.list(folder.resolve("data"))) {
      assertThat(left).hasSize(2);
    }
  }

  private static void assertRefused(KeyConfig config, Plane plane, Stage stage, String... named) {
    assertThatThrownBy(() -> TestKeys.roots(config, plane, stage))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(named[0] + ": ")
        .hasMessageContainingAll(named);
  }

  @Test
  void a_write_plane_has_a_digest_root_and_no_other() throws Exception {
    var config = config(null, file(RootKind.DIGEST), null);
    Roots roots = TestKeys.roots(config, Plane.WRITE, Stage.PRODUCTION);
    assertThat(roots.seal()).isEmpty();
    assertThat(roots.digest().newest().kind()).isEqualTo(RootKind.DIGEST);
  }

  @Test
  void a_write_plane_that_is_given_a_seal_root_is_refused_whether_it_is_there_or_not()
      throws Exception {
    Path digest = file(RootKind.DIGEST);
    for (Path seal : List.of(file(RootKind.SEAL), folder.resolve("none"))) {
      for (Stage stage : Stage.values()) {
        assertRefused(
            config(seal, digest, null), Plane.WRITE, stage, KeyConfig.SEAL_ROOTS, "scrip.plane");
      }
    }
  }

  @Test
  void a_read_plane_without_a_seal_root_is_refused() throws Exception {
    var config = config(null, file(RootKind.DIGEST), null);
    assertRefused(config, Plane.READ, Stage.PRODUCTION, KeyConfig.SEAL_ROOTS);
  }

  @Test
  void a_plane_whose_root_another_custodian_holds_needs_no_seal_root() throws Exception {
    var config = config(null, file(RootKind.DIGEST), null);
    Roots roots =
        Roots.load(
            config, CustodyKind.TRANSIT, Plane.ALL, Stage.PRODUCTION, RANDOM, new ManualClock());
    assertThat(roots.seal()).isEmpty();
  }

  @Test
  void a_write_plane_in_development_makes_a_digest_root_alone() {
    Roots roots = TestKeys.roots(config(null, null, null), Plane.WRITE, Stage.DEVELOPMENT);
    assertThat(roots.seal()).isEmpty();
    assertThat(folder.resolve("data/dev-seal.root")).doesNotExist();
    assertThat(folder.resolve("data/dev-digest.root")).exists();
  }

  @Test
  void a_write_plane_in_the_folder_of_a_read_plane_is_told_what_to_set() {
    TestKeys.roots(config(null, null, null), Plane.READ, Stage.DEVELOPMENT);
    Path digest = folder.resolve("data/dev-digest.root");
    assertRefused(
        config(null, null, null),
        Plane.WRITE,
        Stage.DEVELOPMENT,
        KeyConfig.DEVELOPMENT_FOLDER,
        "dev-seal.root",
        "set scrip.keys.digest-roots to " + digest);
    var told = config(null, digest, null);
    assertThat(TestKeys.roots(told, Plane.WRITE, Stage.DEVELOPMENT).seal()).isEmpty();
  }

  @Test
  void folders_are_read_and_their_last_root_is_current() throws Exception {
    Path seal = Files.createDirectory(folder.resolve("seal"));
    Path digest = Files.createDirectory(folder.resolve("digest"));
    String first = RootFile.generate(RootKind.SEAL, seal.resolve("1.root"), RANDOM);
    String second = RootFile.generate(RootKind.SEAL, seal.resolve("2.root"), RANDOM);
    String only = RootFile.generate(RootKind.DIGEST, digest.resolve("1.root"), RANDOM);
    Roots roots = TestKeys.roots(config(seal, digest, null), Plane.ALL, Stage.PRODUCTION);
    RootSet set = roots.seal().orElseThrow();
    assertThat(set.all()).extracting(RootKey::id).containsExactly(first, second);
    assertThat(set.newest().id()).isEqualTo(second);
    assertThat(roots.digest().newest().id()).isEqualTo(only);
  }

  @Test
  void a_root_of_both_kinds_is_refused_wherever_it_lies_and_whenever_it_comes() throws Exception {
    Path seal = Files.createDirectory(folder.resolve("seal"));
    Path digest = Files.createDirectory(folder.resolve("digest"));
    RootKey twice = TestKeys.root(RootKind.SEAL, 9);
    RootFile.generate(RootKind.SEAL, seal.resolve("2.root"), RANDOM);
    String good = RootFile.generate(RootKind.DIGEST, digest.resolve("1.root"), RANDOM);
    TestKeys.write(seal.resolve("1.root"), twice);
    Roots roots = TestKeys.roots(config(seal, digest, null), Plane.ALL, Stage.PRODUCTION);
    TestKeys.write(digest.resolve("2.root"), TestKeys.root(RootKind.DIGEST, 9));
    roots.look();
    assertThat(roots.digest().newest().id()).isEqualTo(good);
    assertRefused(config(seal, digest, null), Stage.PRODUCTION, KeyConfig.DIGEST_ROOTS);
  }
}
