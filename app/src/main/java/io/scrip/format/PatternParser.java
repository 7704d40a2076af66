package io.scrip.format;

import io.scrip.format.FormatException.BadOption;
import io.scrip.format.PatternPart.Keep;
import io.scrip.format.PatternPart.Literal;
import io.scrip.format.PatternPart.Random;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads a pattern: parts, with or without spaces between them.
 *
 * <pre>
 *   keep(4)  keep(-4)  random(digits, 8)  random("ACGT", 12)  literal("-")
 * </pre>
 *
 * Within quotes a backslash stands before a quote or a backslash. Complaints give the place,
 * counted from 1.
 */
final class PatternParser {
  static final int MAX_PATTERN = 2_048;
  private static final int MAX_COUNT = 256;

  private static final Map<String, Alphabet> ALPHABETS =
      Map.of(
          "digits", Alphabet.DIGITS,
          "lower", Alphabet.LOWER,
          "upper", Alphabet.UPPER,
          "letters", Alphabet.LETTERS,
          "alphanumeric", Alphabet.ALPHANUMERIC,
          "hex", Alphabet.HEX);

  private final String text;
  private int at;

  private PatternParser(String text) {
    this.text = text;
  }

  static List<PatternPart> parse(String pattern) {
    PatternParser parser = new PatternParser(pattern);
    if (pattern.length() > MAX_PATTERN) {
      throw parser.expected("at most " + MAX_PATTERN + " characters");
    }
    List<PatternPart> parts = new ArrayList<>();
    parser.skipSpaces();
    while (parser.at < pattern.length()) {
      parts.add(parser.part());
      parser.skipSpaces();
    }
    return parts;
  }

  static String print(Alphabet alphabet) {
    return ALPHABETS.entrySet().stream()
        .filter(named -> named.getValue().equals(alphabet))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> quote(alphabet.symbols()));
  }

  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private PatternPart part() {
    int start = at;
    return switch (word()) {
      case "keep" -> new Keep(inBrackets(this::signedCount));
      case "random" -> inBrackets(this::random);
      case "literal" -> new Literal(inBrackets(this::quoted));
      default -> {
        at = start;
        throw expected("keep, random or literal");
      }
    };
  }

  private <T> T inBrackets(Supplier<T> content) {
    take('(');
    T value = content.get();
    take(')');
    return value;
  }

  private Random random() {
    Alphabet alphabet = alphabet();
    take(',');
    return new Random(alphabet, count());
  }

  private Alphabet alphabet() {
    skipSpaces();
    int start = at;
    if (at < text.length() && text.charAt(at) == '"') {
      String symbols = quoted();
      if (symbols.codePoints().count() < 2
          || symbols.codePoints().distinct().count() != symbols.codePoints().count()) {
        at = start;
        throw expected("at least two different characters, each once");
      }
      return Alphabet.of(symbols);
    }
    Alphabet named = ALPHABETS.get(word());
    if (named == null) {
      at = start;
      throw expected("digits, lower, upper, letters, alphanumeric, hex or a quoted set");
    }
    return named;
  }

  private int signedCount() {
    skipSpaces();
    boolean fromEnd = at < text.length() && text.charAt(at) == '-';
    if (fromEnd) {
      at++;
    }
    return fromEnd ? -count() : count();
  }

  private int count() {
    skipSpaces();
    int start = at;
    while (at < text.length() && Alphabet.DIGITS.has(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(start, at);
    boolean plain = !digits.isEmpty() && digits.length() <= 3 && !digits.startsWith("0");
    if (!plain || Integer.parseInt(digits) > MAX_COUNT) {
      at = start;
      throw expected("a number from 1 to " + MAX_COUNT);
    }
    return Integer.parseInt(digits);
  }

  private String quoted() {
    take('"');
    StringBuilder content = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      content.appendCodePoint(quotedCharacter());
    }
    if (content.isEmpty()) {
      throw expected("a character between the quotes");
    }
    take('"');
    return content.toString();
  }

  private int quotedCharacter() {
    if (text.charAt(at) == '\\') {
      at++;
      if (at == text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\\')) {
        throw expected("a quote or a backslash behind a backslash");
      }
    }
    int character = text.codePointAt(at);
    if (Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE) {
      throw expected("a printable character");
    }
    at += Character.charCount(character);
    return character;
  }

  private String word() {
    int start = at;
    while (at < text.length() && Alphabet.LOWER.has(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void take(char sign) {
    skipSpaces();
    if (at == text.length() || text.charAt(at) != sign) {
      throw expected(Character.toString(sign));
    }
    at++;
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private BadOption expected(String what) {
    return new BadOption("pattern", "at character " + (at + 1) + ": expected " + what);
  }
}
