package io.scrip.system;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of metrics in Prometheus's text format, or what is known of one that is not at hand: each
 * name with its labels, and each label with the values that it has there.
 */
record Exposition(Map<String, Map<String, Set<String>>> metrics) {
  private static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?<labels>.*)})? \\S+");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  static Exposition of(String page) {
    Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();
    page.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(line -> read(line, metrics));
    return new Exposition(metrics);
  }

  private static void read(String line, Map<String, Map<String, Set<String>>> metrics) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException("no sample: " + line);
    }
    var labels = metrics.computeIfAbsent(sample.group("name"), _ -> new TreeMap<>());
    if (sample.group("labels") != null) {
      LABEL
          .matcher(sample.group("labels"))
          .results()
          .forEach(
              found ->
                  labels.computeIfAbsent(found.group(1), _ -> new TreeSet<>()).add(found.group(2)));
    }
  }

  /** Of a list: a name and its labels on each line, the values unknown. */
  static Exposition ofList(Stream<String> lines) {
    Map<String, Map<String, Set<String>>> metrics = new HashMap<>();
    lines
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> List.of(line.split(" ")))
        .forEach(
            words -> {
              var labels = metrics.computeIfAbsent(words.getFirst(), _ -> new HashMap<>());
              words.stream().skip(1).forEach(label -> labels.put(label, new HashSet<>()));
            });
    return new Exposition(metrics);
  }

  boolean has(String metric) {
    return metrics.containsKey(metric);
  }

  Set<String> labels(String metric) {
    return metrics.getOrDefault(metric, Map.of()).keySet();
  }

  Set<String> values(String metric, String label) {
    return metrics.getOrDefault(metric, Map.of()).getOrDefault(label, Set.of());
  }
}
