package io.scrip.gateway;

/** Text from outside, for a terminal and a log: a terminal obeys control characters. */
final class Printable {
  private static final int MAX_CHARACTERS = 200;

  private Printable() {}

  static String of(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= MAX_CHARACTERS
        ? printable
        : printable.substring(0, MAX_CHARACTERS) + "…";
  }
}
