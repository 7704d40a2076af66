package io.scrip.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as maps and lists, in their order; an instant stays the text that it is. */
final class YamlText {
  /**
   * What the generator leaves of annotations beside what it makes of them; JSON Schema knows none
   * of these words.
   */
  private static final Set<String> LEFT_OVERS = Set.of("allowableValues", "defaultValue");

  private YamlText() {}

  @SuppressWarnings("unchecked") // the keys of what the generator writes are strings
  static Map<String, Object> read(String text) {
    LoaderOptions loader = new LoaderOptions();
    DumperOptions dumper = new DumperOptions();
    return (Map<String, Object>)
        new Yaml(
                new SafeConstructor(loader),
                new Representer(dumper),
                dumper,
                loader,
                new TextualTimes())
            .load(text);
  }

  static String print(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setDereferenceAliases(true);
    options.setWidth(120);
    return new Yaml(options).dump(document);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Map<String, Object> parent, String key) {
    if (parent.get(key) instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw new IllegalStateException("the generated OpenAPI document has no " + key);
  }

  /**
   * Takes away what the generator left, and says of each schema with properties that it is one of
   * objects.
   */
  static void tidy(Object node) {
    switch (node) {
      case Map<?, ?> map -> {
        map.keySet().removeAll(LEFT_OVERS);
        map.values().forEach(YamlText::tidy);
        schemas(map);
      }
      case List<?> list -> list.forEach(YamlText::tidy);
      default -> {}
    }
  }

  @SuppressWarnings("unchecked")
  private static void schemas(Map<?, ?> map) {
    if (map.get("properties") instanceof Map || map.get("additionalProperties") instanceof Map) {
      ((Map<String, Object>) map).putIfAbsent("type", "object");
    }
  }

  private static final class TextualTimes extends Resolver {
    @Override
    public Tag resolve(org.yaml.snakeyaml.nodes.NodeId kind, String value, boolean implicit) {
      Tag tag = super.resolve(kind, value, implicit);
      return tag.equals(Tag.TIMESTAMP) ? Tag.STR : tag;
    }
  }
}
