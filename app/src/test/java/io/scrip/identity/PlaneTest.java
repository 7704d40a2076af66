package io.scrip.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneTest {
  @ParameterizedTest
  @EnumSource
  void each_plane_is_known_by_its_word(Plane plane) {
    assertThat(Plane.of(plane.word())).isEqualTo(plane);
    assertThat(Plane.of(plane.name())).isEqualTo(plane);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "reader", "write ", "all,read", "writé", "both"})
  void any_other_word_is_refused_by_the_name_of_the_setting(String word) {
    assertThatThrownBy(() -> Plane.of(word))
        .isInstanceOf(StartRefused.class)
        .hasMessage("scrip.plane: must be all, write or read");
  }

  @Test
  void only_a_write_plane_opens_nothing_and_only_a_read_plane_makes_nothing() {
    assertThat(Plane.ALL.opens() && Plane.ALL.makes()).isTrue();
    assertThat(Plane.WRITE.opens()).isFalse();
    assertThat(Plane.WRITE.makes()).isTrue();
    assertThat(Plane.READ.opens()).isTrue();
    assertThat(Plane.READ.makes()).isFalse();
  }
}
