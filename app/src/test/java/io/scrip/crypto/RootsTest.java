package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertThatThrownBy(() -> Roots.load(config, stage, RANDOM))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(setting + ": ");
  }

  @Test
  void production_reads_the_two_files() throws Exception {
    var config = config(file(RootKind.SEAL), file(RootKind.DIGEST), null);
    Roots roots = Roots.load(config, Stage.PRODUCTION, RANDOM);
    assertThat(roots.seal().kind()).isEqualTo(RootKind.SEAL);
    assertThat(roots.digest().kind()).isEqualTo(RootKind.DIGEST);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void production_without_a_file_is_refused_by_the_setting_and_makes_nothing() throws Exception {
    assertRefused(config(null, null, null), Stage.PRODUCTION, KeyConfig.SEAL_ROOT_FILE);
    assertRefused(config(null, null, false), Stage.PRODUCTION, KeyConfig.SEAL_ROOT_FILE);
    assertRefused(
        config(file(RootKind.SEAL), null, null), Stage.PRODUCTION, KeyConfig.DIGEST_ROOT_FILE);
    assertRefused(
        config(null, file(RootKind.DIGEST), null), Stage.PRODUCTION, KeyConfig.SEAL_ROOT_FILE);
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
    Roots first = Roots.load(config, Stage.DEVELOPMENT, RANDOM);
    Roots second = Roots.load(config, Stage.DEVELOPMENT, RANDOM);
    assertThat(first.seal().kind()).isEqualTo(RootKind.DEVELOPMENT_SEAL);
    assertThat(first.digest().kind()).isEqualTo(RootKind.DEVELOPMENT_DIGEST);
    assertThat(second.seal().hasSameBytesAs(first.seal())).isTrue();
    assertThat(second.digest().hasSameBytesAs(first.digest())).isTrue();
    assertThat(folder.resolve("data/dev-seal.root")).exists();
    assertThat(folder.resolve("data/dev-digest.root")).exists();
  }

  @Test
  void development_that_was_told_not_to_make_roots_asks_for_files() {
    assertRefused(config(null, null, false), Stage.DEVELOPMENT, KeyConfig.SEAL_ROOT_FILE);
  }

  @Test
  void development_with_one_file_asks_for_the_other() throws Exception {
    assertRefused(
        config(file(RootKind.SEAL), null, null), Stage.DEVELOPMENT, KeyConfig.DIGEST_ROOT_FILE);
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
    assertRefused(config(seal, digest, null), Stage.PRODUCTION, KeyConfig.DIGEST_ROOT_FILE);
  }

  @Test
  void files_in_each_others_place_are_refused() throws Exception {
    assertRefused(
        config(file(RootKind.DIGEST), file(RootKind.SEAL), null),
        Stage.PRODUCTION,
        KeyConfig.SEAL_ROOT_FILE);
  }

  @Test
  void processes_that_start_at_once_agree_on_their_roots() throws Exception {
    var config = config(null, null, null);
    List<Callable<String>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      starts.add(
          () -> {
            Roots roots = Roots.load(config, Stage.DEVELOPMENT, RANDOM);
            return roots.seal().id() + roots.digest().id();
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
}
