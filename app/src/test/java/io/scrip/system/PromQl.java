package io.scrip.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus asks for: its selectors with their matchers, and the labels that
 * it groups, joins or matches by. Reads every token and refuses what it does not know; whether the
 * tokens stand in a valid order is checked beside the manifests, with Prometheus's own grammar.
 *
 * @param labels named outside of selectors: after {@code by}, {@code on}, {@code group_left} …
 */
record PromQl(List<Selector> selectors, Set<String> labels) {
  /** {@code name{matchers}}. */
  record Selector(String metric, List<LabelMatcher> matchers) {}

  /**
   * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
   */
  record LabelMatcher(String label, String operator, String value) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          \\s+|\\#[^\\n]*\
          |(?<string>"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*')\
          |(?<range>\\[[^\\]]*\\])\
          |(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?:ms|[smhdwy])?)\
          |(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)\
          |(?<sign>=~|!~|==|!=|<=|>=|[-+*/%^<>=(){},@])""");

  private static final Set<String> GROUPING =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> AGGREGATING = Set.of("by", "without");
  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

  static PromQl parse(String expression) {
    List<String> tokens = tokens(expression);
    List<Selector> selectors = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
      if (GROUPING.contains(token) && next.equals("(")) {
        List<String> inside = within(tokens, i + 1, ")");
        inside.stream().filter(PromQl::isWord).forEach(labels::add);
        i += inside.size() + 2;
      } else if (isMetric(token, next)) {
        List<String> inside = next.equals("{") ? within(tokens, i + 1, "}") : List.of();
        selectors.add(new Selector(token, matchers(inside)));
        i += next.equals("{") ? inside.size() + 2 : 0;
      } else if (token.equals("{")) {
        throw new IllegalArgumentException("a selector without a name in " + expression);
      }
    }
    return new PromQl(List.copyOf(selectors), Set.copyOf(labels));
  }

  /**
   * A name that is neither a function, nor an aggregation in either of its forms, nor a keyword.
   */
  private static boolean isMetric(String token, String next) {
    return isWord(token)
        && !next.equals("(")
        && !AGGREGATING.contains(next)
        && !KEYWORDS.contains(token)
        && !GROUPING.contains(token);
  }

  private static boolean isWord(String token) {
    return token.matches("[a-zA-Z_:].*");
  }

  /** The tokens between an opening bracket and the closing one; neither kind nests. */
  private static List<String> within(List<String> tokens, int opening, String closing) {
    List<String> rest = tokens.subList(opening + 1, tokens.size());
    if (!rest.contains(closing)) {
      throw new IllegalArgumentException("no " + closing);
    }
    return rest.subList(0, rest.indexOf(closing));
  }

  /** Of the tokens between the braces: label, operator, string, comma, label, … */
  private static List<LabelMatcher> matchers(List<String> tokens) {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (int i = 0; i + 2 < tokens.size(); i += 4) {
      String quoted = tokens.get(i + 2);
      matchers.add(
          new LabelMatcher(
              tokens.get(i), tokens.get(i + 1), quoted.substring(1, quoted.length() - 1)));
    }
    return List.copyOf(matchers);
  }

  private static List<String> tokens(String expression) {
    Matcher matcher = TOKEN.matcher(expression);
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (matcher.find() && matcher.start() == at) {
      at = matcher.end();
      boolean counts =
          matcher.group("string") != null
              || matcher.group("number") != null
              || matcher.group("word") != null
              || matcher.group("sign") != null;
      if (counts) {
        tokens.add(matcher.group());
      }
    }
    if (at != expression.length()) {
      throw new IllegalArgumentException("unreadable at " + expression.substring(at));
    }
    return tokens;
  }
}
