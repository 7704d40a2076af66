package io.scrip.system;

import io.micronaut.json.tree.JsonNode;
import io.scrip.TestServer.Answer;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An export, read line by line. */
record Trail(List<JsonNode> lines) {
  static Trail of(String export) {
    HttpHeaders none = HttpHeaders.of(Map.of(), (_, _) -> true);
    return new Trail(export.lines().map(line -> new Answer(200, none, line).json()).toList());
  }

  /** Request ids of all events of an action that were allowed. */
  Set<String> allowed(String action) {
    return events().stream()
        .filter(
            event ->
                text(event, "action").equals(action) && text(event, "outcome").equals("allowed"))
        .map(event -> text(event, "requestId"))
        .collect(Collectors.toSet());
  }

  /** Which of these are not among the allowed ones of an action. */
  Set<String> without(String action, Set<String> requestIds) {
    Set<String> rest = new HashSet<>(requestIds);
    rest.removeAll(allowed(action));
    return rest;
  }

  /** The reason of each event of this request, in order. */
  List<String> reasons(String requestId) {
    return events().stream()
        .filter(event -> text(event, "requestId").equals(requestId))
        .map(event -> text(event, "outcome") + " " + text(event, "reason"))
        .toList();
  }

  List<JsonNode> events() {
    return lines.stream().filter(line -> text(line, "type").equals("event")).toList();
  }

  /**
   * The types and sequences of each chain's last two lines of events and checkpoints: how it ends.
   */
  Map<String, List<String>> ends() {
    Map<String, List<String>> chains = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      if (line.get("sequence") != null && line.get("chain") != null) {
        chains.computeIfAbsent(text(line, "chain"), _ -> new ArrayList<>()).add(word(line));
      }
    }
    chains.replaceAll((_, words) -> words.subList(Math.max(0, words.size() - 2), words.size()));
    return chains;
  }

  private static String word(JsonNode line) {
    return text(line, "type").equals("event") ? text(line, "action") : text(line, "type");
  }

  private static String text(JsonNode line, String field) {
    JsonNode value = line.get(field);
    return value == null ? "" : value.coerceStringValue();
  }
}
