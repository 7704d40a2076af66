package io.scrip.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An OpenAPI document to ask questions of. */
final class OpenApiFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;

  private OpenApiFixture(JsonNode root) {
    this.root = root;
  }

  static OpenApiFixture parse(String yaml) {
    return new OpenApiFixture(
        JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml)));
  }

  JsonNode root() {
    return root;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                new Operation(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
    return operations;
  }

  /** What is wrong with a value by a schema of this document, formats included. */
  Set<ValidationMessage> check(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", root.get("components"));
    SchemaValidatorsConfig strict =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    JsonSchema ready =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole, strict);
    return ready.validate(value);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  /** Texts of every {@code $ref}, wherever it stands. */
  static List<String> references(JsonNode node) {
    return node.findValuesAsText("$ref");
  }

  /** A value with the schema that it has to obey, and the place of both. */
  record Example(String place, JsonNode schema, JsonNode value) {}

  /** One method of one path. */
  record Operation(String method, String path, JsonNode node) {
    String name() {
      return method + " " + path;
    }

    Optional<JsonNode> answer(int status) {
      return Optional.ofNullable(node.get("responses").get(Integer.toString(status)));
    }

    List<String> permissions() {
      return node.get("security").findValues("jwt").stream()
          .map(words -> words.get(0).asText())
          .toList();
    }

    List<Example> requestExamples() {
      return examples("request", node.path("requestBody"));
    }

    List<Example> allExamples() {
      List<Example> all = new ArrayList<>(requestExamples());
      node.get("responses")
          .properties()
          .forEach(answer -> all.addAll(examples(answer.getKey(), answer.getValue())));
      node.path("parameters")
          .forEach(
              parameter -> {
                if (parameter.has("example")) {
                  all.add(new Example(name(), parameter.get("schema"), parameter.get("example")));
                }
              });
      return all;
    }

    private List<Example> examples(String part, JsonNode holder) {
      return StreamSupport.stream(holder.path("content").spliterator(), false)
          .flatMap(
              content ->
                  content.path("examples").properties().stream()
                      .map(
                          example ->
                              new Example(
                                  name() + " " + part + " " + example.getKey(),
                                  content.get("schema"),
                                  example.getValue().get("value"))))
          .toList();
    }
  }
}
