package io.scrip.vault;

import io.scrip.format.Mask;
import io.scrip.format.TokenFormat;
import io.scrip.lease.LeaseTerms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A template as the store keeps it: one {@code key=value} a line, formats' own options under {@code
 * option.}. No value of a template holds a line break.
 */
final class TemplateText {
  private static final String OPTION = "option.";
  private static final String ERASABLE = "erasable";
  private static final String SEARCHABLE = "searchable";

  private TemplateText() {}

  static String print(Template template) {
    Map<String, String> lines = new TreeMap<>();
    lines.put("format", template.format().kind());
    template.format().options().forEach((option, value) -> lines.put(OPTION + option, value));
    lines.put("mode", template.mode().name().toLowerCase(Locale.ROOT));
    template.lease().defaultTtl().ifPresent(ttl -> lines.put("default-ttl", ttl.toString()));
    template.lease().maxTtl().ifPresent(ttl -> lines.put("max-ttl", ttl.toString()));
    lines.put("mask", template.mask().text());
    template.revealPermission().ifPresent(word -> lines.put("reveal-permission", word));
    lines.put("allow-small-space", Boolean.toString(template.allowSmallSpace()));
    if (template.erasable()) { // those from before it was an option read as what they are
      lines.put(ERASABLE, "true");
    }
    if (template.searchable()) {
      lines.put(SEARCHABLE, "true");
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (key, value) -> text.append(key).append('=').append(onOneLine(value)).append('\n'));
    return text.toString();
  }

  static Template parse(String name, int revision, String text, Optional<String> description) {
    Map<String, String> lines = new LinkedHashMap<>();
    Map<String, String> options = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String key = line.substring(0, equals);
        String value = line.substring(equals + 1);
        if (key.startsWith(OPTION)) {
          options.put(key.substring(OPTION.length()), value);
        } else {
          lines.put(key, value);
        }
      }
    }
    return new Template(
        name,
        revision,
        TokenFormat.of(required(lines, "format"), options),
        Template.Mode.valueOf(required(lines, "mode").toUpperCase(Locale.ROOT)),
        new LeaseTerms(duration(lines, "default-ttl"), duration(lines, "max-ttl")),
        Mask.parse(required(lines, "mask")),
        Optional.ofNullable(lines.get("reveal-permission")),
        Boolean.parseBoolean(required(lines, "allow-small-space")),
        Boolean.parseBoolean(lines.getOrDefault(ERASABLE, "false")),
        Boolean.parseBoolean(lines.getOrDefault(SEARCHABLE, "false")),
        description);
  }

  private static String onOneLine(String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new VaultException.TemplateInvalid("No option of a template holds a line break.");
    }
    return value;
  }

  private static Optional<Duration> duration(Map<String, String> lines, String key) {
    return Optional.ofNullable(lines.get(key)).map(Duration::parse);
  }

  private static String required(Map<String, String> lines, String key) {
    return Optional.ofNullable(lines.get(key))
        .orElseThrow(() -> new IllegalStateException("a stored template lacks " + key));
  }
}
