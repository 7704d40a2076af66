package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootFolderTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @TempDir private Path folder;

  private Path generate(LocalDate day) throws Exception {
    return RootFolder.generate(RootKind.SEAL, folder.resolve("seal"), day, RANDOM);
  }

  private List<RootKey> read() {
    return new RootFolder("setting", RootKind.SEAL, folder.resolve("seal"), Stage.PRODUCTION)
        .read();
  }

  @Test
  void each_new_root_is_named_after_its_day_and_becomes_the_current_one() throws Exception {
    List<String> names = new ArrayList<>();
    for (LocalDate day : List.of(TODAY, TODAY, TODAY, TODAY.plusDays(1), TODAY.plusYears(1))) {
      Path made = generate(day);
      names.add(made.getFileName().toString());
      assertThat(Files.readString(made)).contains(":" + read().getLast().id() + ":");
    }
    assertThat(names)
        .containsExactly(
            "2026-11-21.root",
            "2026-11-21_02.root",
            "2026-11-21_03.root",
            "2026-11-22.root",
            "2027-11-21.root");
    assertThat(read()).hasSize(5);
  }

  @Test
  void nothing_is_overwritten() throws Exception {
    Path first = generate(TODAY);
    byte[] before = Files.readAllBytes(first);
    assertThat(generate(TODAY)).isNotEqualTo(first);
    assertThat(Files.readAllBytes(first)).isEqualTo(before);
  }

  @Test
  void a_root_that_would_not_become_the_current_one_is_not_made() throws Exception {
    generate(TODAY);
    assertThatThrownBy(() -> generate(TODAY.minusDays(1)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("2026-11-21.root comes after 2026-11-20.root");
    assertThat(read()).hasSize(1);
  }

  @Test
  void a_folder_with_too_many_roots_is_another_folder() throws Exception {
    for (int i = 0; i < 99; i++) {
      generate(TODAY.plusDays(i));
    }
    generate(TODAY.plusDays(100));
    assertThat(read()).hasSize(100);
    generate(TODAY.plusDays(101));
    assertThatThrownBy(this::read)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("101 files");
  }
}
