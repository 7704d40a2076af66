package io.scrip.format;

import io.scrip.format.FormatException.BadOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the options of one template, one after the other, and at the end refuses those nobody asked
 * for. Complaints name the option and what would be right.
 */
final class Options {
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");

  private final Map<String, String> given;
  private final Set<String> known = new TreeSet<>();

  Options(Map<String, String> given) {
    this.given = given;
  }

  /**
   * Options as a format prints them: all of them, so that a stored template outlives a change of
   * defaults.
   */
  static Map<String, String> print(Map<String, ?> values) {
    Map<String, String> printed = new TreeMap<>();
    values.forEach((name, value) -> printed.put(name, value.toString()));
    return Collections.unmodifiableMap(printed);
  }

  Optional<String> text(String name) {
    known.add(name);
    return Optional.ofNullable(given.get(name));
  }

  int whole(String name, int otherwise, int least, int most) {
    return text(name).map(value -> whole(name, value, least, most)).orElse(otherwise);
  }

  private static int whole(String name, String value, int least, int most) {
    int number = WHOLE.matcher(value).matches() ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw new BadOption(name, name + " is a whole number from " + least + " to " + most);
    }
    return number;
  }

  boolean flag(String name, boolean otherwise) {
    return oneOf(name, Boolean.toString(otherwise), "true", "false").equals("true");
  }

  /** One of these words. */
  String oneOf(String name, String otherwise, String... words) {
    String value = text(name).orElse(otherwise);
    if (!Arrays.asList(words).contains(value)) {
      throw new BadOption(name, name + " is one of: " + String.join(", ", words));
    }
    return value;
  }

  /** A text of this shape. */
  static String matching(Pattern shape, String name, String value, String meaning) {
    if (!shape.matcher(value).matches()) {
      throw new BadOption(name, name + " is " + meaning);
    }
    return value;
  }

  /** Passes the format on once every option is read, unless the template has others. */
  TokenFormat complete(TokenFormat format) {
    for (String name : new TreeSet<>(given.keySet())) {
      if (!known.contains(name)) {
        throw new BadOption(name, "unknown option of " + format.kind() + ": it has " + known);
      }
    }
    return format;
  }
}
