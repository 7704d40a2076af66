package io.scrip.vault;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Changes a row the way nobody should be able to: one column at a time, whatever it is. */
final class Mappings {
  private static final RecordComponent[] COLUMNS = Mapping.class.getRecordComponents();

  private Mappings() {}

  static List<String> columns() {
    return Arrays.stream(COLUMNS).map(RecordComponent::getName).toList();
  }

  static Object get(Mapping row, String column) {
    try {
      return Mapping.class.getMethod(column).invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Mapping with(Mapping row, String column, Object value) {
    Object[] values =
        columns().stream().map(name -> name.equals(column) ? value : get(row, name)).toArray();
    Class<?>[] types =
        Arrays.stream(COLUMNS).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return Mapping.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
