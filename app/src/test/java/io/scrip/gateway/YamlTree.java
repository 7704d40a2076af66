package io.scrip.gateway;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** YAML as plain values; what is asked for has to be there. */
public final class YamlTree {
  private YamlTree() {}

  public static List<Object> documents(String text) {
    return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false).toList();
  }

  public static Object at(Object tree, String... path) {
    Object found = tree;
    for (String name : path) {
      found = Objects.requireNonNull(((Map<?, ?>) found).get(name), name);
    }
    return found;
  }

  public static String text(Object tree, String... path) {
    return String.valueOf(at(tree, path));
  }

  static List<String> texts(Object tree, String... path) {
    return ((List<?>) at(tree, path)).stream().map(String::valueOf).toList();
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Object tree, String... path) {
    return (List<Map<String, Object>>) at(tree, path);
  }
}
