package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreGuardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:x",
        "jdbc:h2:mem:",
        "jdbc:h2:MEM:x",
        "jdbc:h2:memFS:x",
        "jdbc:h2:file:memFS:x",
        "jdbc:h2:nioMemLZF:x;MODE=PostgreSQL"
      })
  void pitfall_22_production_never_stores_in_memory(String url) {
    for (boolean allowed : new boolean[] {true, false}) {
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> guard(Stage.PRODUCTION, allowed).check(DatasourceUrl.parse(url)))
          .withMessageStartingWith("datasources.default.url: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:file:./data/scrip", "jdbc:h2:~/scrip", "jdbc:h2:/var/lib/x"})
  void pitfall_22_production_stores_in_an_h2_file_only_by_name(String url) {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> guard(Stage.PRODUCTION, false).check(DatasourceUrl.parse(url)))
        .withMessageStartingWith("scrip.store.allow-h2: ");
    assertThatCode(() -> guard(Stage.PRODUCTION, true).check(DatasourceUrl.parse(url)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:x", "jdbc:h2:file:./x", "jdbc:postgresql://h/d"})
  void development_stores_where_it_likes(String url) {
    assertThatCode(() -> guard(Stage.DEVELOPMENT, false).check(DatasourceUrl.parse(url)))
        .doesNotThrowAnyException();
  }

  @Test
  void production_stores_in_postgresql() {
    assertThatCode(
            () ->
                guard(Stage.PRODUCTION, false)
                    .check(DatasourceUrl.parse("jdbc:postgresql://h/d?user=u")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:mysql://user:canary@h/d",
        "jdbc:h2:tcp://canary/x",
        "jdbc:h2:ssl:canary",
        "jdbc:h2:zip:canary!/x",
        "JDBC:H2:mem:canary",
        " jdbc:postgresql://canary"
      })
  void any_other_database_is_refused_without_repeating_the_url(String url) {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> DatasourceUrl.parse(url))
        .withMessageStartingWith("datasources.default.url: ")
        .withMessageNotContaining("canary");
  }

  @Test
  void what_h2_needs_is_added_and_replaces_what_would_break_it() {
    String url = "jdbc:h2:file:./x;write_delay=500;AUTO_SERVER=TRUE;CIPHER=AES;MODE=Oracle";
    assertThat(DatasourceUrl.parse(url).driverUrl())
        .isEqualTo(
            "jdbc:h2:file:./x;CIPHER=AES;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE"
                + ";WRITE_DELAY=0;FILE_LOCK=FS;AUTO_SERVER=FALSE;TRACE_LEVEL_FILE=0");
  }

  @Test
  void settings_are_the_same_after_a_second_reading() {
    String once = DatasourceUrl.parse("jdbc:h2:file:./x").driverUrl();
    assertThat(DatasourceUrl.parse(once).driverUrl()).isEqualTo(once);
  }

  @Test
  void a_url_of_postgresql_is_left_as_it_is() {
    String url = "jdbc:postgresql://one,two/scrip?sslmode=verify-full";
    assertThat(DatasourceUrl.parse(url).driverUrl()).isEqualTo(url);
  }

  private static StoreGuard guard(Stage stage, boolean allowH2) {
    return new StoreGuard(new StoreConfig(allowH2, Optional.empty()), stage, Optional.empty());
  }
}
