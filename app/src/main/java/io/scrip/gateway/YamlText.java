package io.scrip.gateway;

/** Printable ASCII as YAML. */
final class YamlText {
  private YamlText() {}

  /** Double quotes, YAML 1.2 section 7.3.1: always text, never a number, a date or a no. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
