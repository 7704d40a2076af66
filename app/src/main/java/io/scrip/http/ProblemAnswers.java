package io.scrip.http;

import io.micronaut.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Problems as the responses of an OpenAPI operation: one for each status, with the types that it
 * can mean.
 */
final class ProblemAnswers {
  private static final String RETRY_AFTER = "Retry-After";
  private static final String WWW_AUTHENTICATE = "WWW-Authenticate";

  private ProblemAnswers() {}

  static Map<String, Object> of(Set<ProblemType> problems) {
    Map<HttpStatus, List<ProblemType>> byStatus =
        problems.stream()
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    Map<String, Object> answers = new LinkedHashMap<>();
    byStatus.forEach(
        (status, types) -> answers.put(Integer.toString(status.getCode()), answer(status, types)));
    return answers;
  }

  /** What {@code components.headers} has to hold. */
  static Map<String, Object> headers() {
    return Map.of(
        RETRY_AFTER,
            header("Seconds to wait before trying again", Map.of("type", "integer", "minimum", 0)),
        WWW_AUTHENTICATE,
            header("The scheme that is asked for, RFC 6750", Map.of("type", "string")));
  }

  private static Map<String, Object> header(String description, Map<String, Object> schema) {
    return Map.of("description", description, "schema", schema);
  }

  private static Map<String, Object> answer(HttpStatus status, List<ProblemType> types) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "description", types.stream().map(ProblemAnswers::line).collect(Collectors.joining("\n")));
    switch (status) {
      case UNAUTHORIZED ->
          answer.put("headers", Map.of(WWW_AUTHENTICATE, reference(WWW_AUTHENTICATE)));
      case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
          answer.put("headers", Map.of(RETRY_AFTER, reference(RETRY_AFTER)));
      default -> {}
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("schema", schema(types));
    content.put("examples", examples(types));
    answer.put("content", Map.of(Problems.PROBLEM_JSON.getName(), content));
    return answer;
  }

  private static String line(ProblemType type) {
    return "- `" + type.slug() + "`: " + type.title();
  }

  private static Map<String, Object> reference(String header) {
    return Map.of("$ref", "#/components/headers/" + header);
  }

  private static Map<String, Object> schema(List<ProblemType> types) {
    Map<String, Object> type = Map.of("enum", types.stream().map(ProblemType::uri).toList());
    return Map.of(
        "allOf",
        List.of(
            Map.of("$ref", "#/components/schemas/Problem"),
            Map.of("properties", Map.of("type", type))));
  }

  private static Map<String, Object> examples(List<ProblemType> types) {
    Map<String, Object> examples = new LinkedHashMap<>();
    types.forEach(type -> examples.put(type.slug(), Map.of("value", example(type))));
    return examples;
  }

  private static Map<String, Object> example(ProblemType type) {
    Map<String, Object> example = new LinkedHashMap<>();
    example.put("type", type.uri());
    example.put("title", type.title());
    example.put("status", type.status().getCode());
    example.put("detail", "What the caller can do about it.");
    return example;
  }
}
