package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RootSetTest {
  private static final String SETTING = "scrip.keys.seal-roots";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(RootSet.class);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    LOGGER.addAppender(log);
  }

  @AfterEach
  void fallSilent() {
    LOGGER.detachAppender(log);
  }

  private RootSet set(Path path) {
    return new RootSet(new RootFolder(SETTING, RootKind.SEAL, path, Stage.PRODUCTION), clock);
  }

  private String root(String name) throws Exception {
    return RootFile.generate(RootKind.SEAL, folder.resolve(name), RANDOM);
  }

  private static List<String> ids(RootSet set) {
    return set.all().stream().map(RootKey::id).toList();
  }

  private void assertRefused(String... why) {
    assertThatThrownBy(() -> set(folder))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(SETTING + ": ")
        .hasMessageContainingAll(why);
  }

  @Test
  void the_last_by_name_is_current_whatever_else_lies_there() throws Exception {
    String later = root("2026-11-21_02.root");
    String first = root("2025-01-01.root");
    String middle = root("2026-11-21.root");
    Files.writeString(folder.resolve("README"), "not a root");
    Files.writeString(folder.resolve(".z.root"), "a draft");
    Files.createDirectory(folder.resolve("z.root"));
    RootSet set = set(folder);
    assertThat(ids(set)).containsExactly(first, middle, later);
    assertThat(set.newest().id()).isEqualTo(later);
    assertThat(set.find(first)).isPresent();
    assertThat(set.find("00000000")).isEmpty();
  }

  @Test
  void one_file_is_a_set_of_one() throws Exception {
    String only = root("any.name");
    assertThat(ids(set(folder.resolve("any.name")))).containsExactly(only);
  }

  @Test
  void a_folder_without_a_root_a_missing_one_and_a_root_twice_are_refused() throws Exception {
    assertRefused("holds 0 files");
    assertThatThrownBy(() -> set(folder.resolve("none")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("there is no file or folder");
    String id = root("1.root");
    Files.copy(
        folder.resolve("1.root"), folder.resolve("2.root"), StandardCopyOption.COPY_ATTRIBUTES);
    assertRefused("2.root", id);
  }

  @Test
  void a_link_that_leads_nowhere_is_refused_and_not_passed_over() throws Exception {
    root("1.root");
    Files.createSymbolicLink(folder.resolve("2.root"), Path.of("gone"));
    assertRefused("2.root");
  }

  @Test
  void one_bad_file_among_good_ones_is_refused_by_its_name() throws Exception {
    root("1.root");
    RootFile.generate(RootKind.DIGEST, folder.resolve("2.root"), RANDOM);
    assertRefused("2.root", "scrip-digest-root-v1");
    Files.delete(folder.resolve("2.root"));
    RootFile.generate(RootKind.DEVELOPMENT_SEAL, folder.resolve("3.root"), RANDOM);
    assertRefused("3.root", "scrip-dev-seal-root-v1");
    Files.delete(folder.resolve("3.root"));
    Files.setPosixFilePermissions(
        folder.resolve("1.root"), PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused("1.root", "open to others");
  }

  @Test
  void a_new_root_is_current_after_a_second_and_not_looked_for_before() throws Exception {
    root("1.root");
    RootSet set = set(folder);
    String old = set.newest().id();
    String next = root("2.root");
    assertThat(set.newest().id()).isEqualTo(old);
    clock.advance(SECOND);
    assertThat(set.newest().id()).isEqualTo(next);
    assertThat(set.find(old)).isPresent();
  }

  @Test
  void an_id_that_is_not_known_is_looked_for_at_once() throws Exception {
    root("1.root");
    RootSet set = set(folder);
    String next = root("2.root");
    assertThat(set.find(next)).isPresent();
  }

  @Test
  void a_root_that_is_gone_opens_nothing_and_is_wiped_when_nobody_can_be_using_it()
      throws Exception {
    String old = root("1.root");
    String current = root("2.root");
    RootSet set = set(folder);
    RootKey held = set.find(old).orElseThrow();
    var custody = new FileCustody(set, RANDOM);
    byte[] wrapped = new FileCustody(held, RANDOM).wrap(bytes("key"), bytes("bound"));
    assertThat(custody.unwrap(wrapped, bytes("bound"))).isEqualTo(bytes("key"));
    assertThat(custody.covers(wrapped)).isFalse();

    Files.delete(folder.resolve("1.root"));
    clock.advance(SECOND);
    assertThat(ids(set)).containsExactly(current);
    assertThatThrownBy(() -> custody.unwrap(wrapped, bytes("bound")))
        .isInstanceOf(CryptoException.WillNotOpen.class);
    assertThat(held.isWiped()).isFalse();
    clock.advance(Duration.ofMinutes(1));
    set.look();
    assertThat(held.isWiped()).isTrue();
    assertThat(set.newest().isWiped()).isFalse();
  }

  @Test
  void a_root_that_stays_is_the_same_object_so_that_its_holders_keep_it() throws Exception {
    String old = root("1.root");
    RootSet set = set(folder);
    RootKey held = set.newest();
    root("2.root");
    clock.advance(SECOND);
    assertThat(set.find(old)).containsSame(held);
    clock.advance(Duration.ofHours(1));
    set.look();
    assertThat(held.isWiped()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"half", "others", "empty", "gone", "wrong kind", "twice"})
  void what_goes_wrong_after_the_start_is_said_once_and_the_last_good_set_goes_on(String what)
      throws Exception {
    String good = root("1.root");
    RootSet set = set(folder);
    Path bad = folder.resolve("2.root");
    String secret = Files.readString(folder.resolve("1.root")).substring(28, 60);
    switch (what) {
      case "half" -> owned(bad, Files.readString(folder.resolve("1.root")).substring(0, 60));
      case "others" -> {
        root("2.root");
        Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rw-r--r--"));
      }
      case "empty" -> owned(bad, "");
      case "gone" -> Files.delete(folder.resolve("1.root"));
      case "wrong kind" -> RootFile.generate(RootKind.DIGEST, bad, RANDOM);
      default -> owned(bad, Files.readString(folder.resolve("1.root")));
    }
    for (int i = 0; i < 3; i++) {
      clock.advance(SECOND);
      assertThat(ids(set)).containsExactly(good);
    }
    assertThat(log.list)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getFormattedMessage())
                    .startsWith(SETTING + ": ")
                    .contains(what.equals("gone") ? folder.toString() : bad.toString())
                    .doesNotContain(secret));
    Files.deleteIfExists(bad);
    String next = root("3.root");
    clock.advance(SECOND);
    assertThat(set.newest().id()).isEqualTo(next);
  }

  @Test
  void a_mode_that_becomes_too_wide_is_noticed_on_a_file_that_did_not_change() throws Exception {
    root("1.root");
    RootSet set = set(folder);
    Files.setPosixFilePermissions(
        folder.resolve("1.root"), PosixFilePermissions.fromString("rw-r--r--"));
    clock.advance(SECOND);
    assertThat(ids(set)).hasSize(1);
    assertThat(log.list).singleElement().asString().contains("open to others");
  }

  @Test
  void a_mounted_secret_is_read_again_when_its_data_folder_is_swapped() throws Exception {
    var secret = new MountedSecret(folder);
    RootKey first = TestKeys.root(RootKind.SEAL, 1);
    RootKey second = TestKeys.root(RootKind.SEAL, 2);
    secret.publish(first);
    RootSet set = set(folder);
    assertThat(ids(set)).containsExactly(first.id());
    secret.publish(first, second);
    clock.advance(SECOND);
    assertThat(ids(set)).containsExactly(first.id(), second.id());
    secret.publish(second);
    clock.advance(SECOND);
    assertThat(ids(set)).containsExactly(second.id());
  }

  @Test
  void readers_see_one_set_or_the_other_while_a_secret_is_swapped_again_and_again()
      throws Exception {
    var secret = new MountedSecret(folder);
    RootKey stays = TestKeys.root(RootKind.SEAL, 1);
    RootKey first = TestKeys.root(RootKind.SEAL, 2);
    RootKey second = TestKeys.root(RootKind.SEAL, 3);
    secret.publish(stays, first);
    RootSet set = set(folder);
    var done = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<?> reader =
          threads.submit(
              () -> {
                while (!done.get()) {
                  set.look();
                  assertThat(ids(set)).hasSize(2).first().isEqualTo(stays.id());
                }
              });
      for (int i = 0; i < 200; i++) {
        secret.publish(stays, i % 2 == 0 ? second : first);
      }
      done.set(true);
      reader.get();
    }
    set.look();
    assertThat(ids(set)).containsExactly(stays.id(), first.id());
  }

  private static void owned(Path file, String content) throws Exception {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }
}
