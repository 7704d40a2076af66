package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each value on each line, changed one by one, in every way we could think of that keeps the line
 * readable.
 */
class ChangedFieldTest {
  private static final Pattern TEXT = Pattern.compile("\"([A-Za-z]+)\":\"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("\"([A-Za-z]+)\":(\\d+)");
  private static final Pattern OPTIONAL =
      Pattern.compile(",\"(template|tokenDigest|subjectDigest|purpose)\":\"[^\"]*\"");

  private final List<String> lines = Exports.LINES;

  @Test
  void every_changed_character_of_every_text_is_found_on_its_line() throws IOException {
    int changes = 0;
    for (int i = 0; i < lines.size(); i++) {
      Matcher field = TEXT.matcher(lines.get(i));
      while (field.find()) {
        for (int at : List.of(field.start(2), field.end(2) - 1)) {
          char other = lines.get(i).charAt(at) == '1' ? '2' : '1';
          String changed = replaced(lines.get(i), at, at + 1, String.valueOf(other));
          assertBroken(i, changed);
          changes++;
        }
      }
    }
    assertThat(changes).isGreaterThan(200);
  }

  @Test
  void every_changed_number_is_found() throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      Matcher field = NUMBER.matcher(lines.get(i));
      while (field.find()) {
        String more = String.valueOf(Long.parseLong(field.group(2)) + 1);
        assertBroken(i, replaced(lines.get(i), field.start(2), field.end(2), more));
      }
    }
  }

  @Test
  void every_field_that_was_left_out_is_found() throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      Matcher field = OPTIONAL.matcher(lines.get(i));
      while (field.find()) {
        assertBroken(i, replaced(lines.get(i), field.start(), field.end(), ""));
      }
    }
  }

  @Test
  void a_field_that_was_put_in_is_found() throws IOException {
    for (int i = 0; i < lines.size() - 1; i++) {
      if (lines.get(i).contains("\"action\":\"audit.read\"")) {
        assertBroken(i, lines.get(i).replace(",\"outcome\"", ",\"purpose\":\"\",\"outcome\""));
        assertBroken(i, lines.get(i).replace(",\"outcome\"", ",\"template\":\"card\",\"outcome\""));
      }
    }
  }

  @Test
  void two_neighbours_that_trade_a_letter_are_found() throws IOException {
    String split = lines.get(1).replace("auth0|one\",\"client\":\"c", "auth0|onec\",\"client\":\"");
    assertThat(split).isNotEqualTo(lines.get(1));
    assertBroken(1, split);
  }

  private void assertBroken(int index, String changed) throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.set(index, changed);
    Verdict verdict = Exports.verify(all);
    assertThat(verdict).as(changed).isInstanceOf(Verdict.Broken.class);
    assertThat(((Verdict.Broken) verdict).line()).as(changed).isEqualTo(index + 1L);
  }

  private static String replaced(String text, int from, int to, String instead) {
    return text.substring(0, from) + instead + text.substring(to);
  }
}
