package io.scrip.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Action;
import io.scrip.identity.Plane;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanesTest {
  private static final Set<Action> MAKES = EnumSet.of(Action.TOKENIZE, Action.ENCRYPT);
  private static final Set<Action> OPENS =
      EnumSet.of(
          Action.DETOKENIZE,
          Action.LOOKUP,
          Action.SEARCH,
          Action.DECRYPT,
          Action.REWRAP,
          Action.ROTATE_KEY,
          Action.REKEY,
          Action.DESTROY_KEY,
          Action.ERASE);

  @ParameterizedTest
  @EnumSource(Action.class)
  void a_write_plane_opens_nothing(Action action) {
    assertThat(Planes.does(Plane.WRITE, action)).isEqualTo(!OPENS.contains(action));
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void a_read_plane_makes_nothing(Action action) {
    assertThat(Planes.does(Plane.READ, action)).isEqualTo(!MAKES.contains(action));
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void one_process_for_everything_does_everything(Action action) {
    assertThat(Planes.does(Plane.ALL, action)).isTrue();
  }
}
