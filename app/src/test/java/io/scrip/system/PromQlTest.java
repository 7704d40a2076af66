package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scrip.system.PromQl.LabelMatcher;
import io.scrip.system.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read off an expression, and what is not mistaken for a metric. */
class PromQlTest {
  @Test
  void a_selector_with_its_matchers() {
    assertThat(PromQl.parse("rate(a_total{x=\"1\",y!~\"b|c\"}[5m])").selectors())
        .containsExactly(
            new Selector(
                "a_total",
                List.of(new LabelMatcher("x", "=", "1"), new LabelMatcher("y", "!~", "b|c"))));
  }

  @Test
  void braces_commas_and_brackets_in_a_string_end_nothing() {
    PromQl read = PromQl.parse("a{x=\"},[(\",y=\"\\\"z\"} > b");
    assertThat(read.selectors()).extracting(Selector::metric).containsExactly("a", "b");
    assertThat(read.selectors().getFirst().matchers()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a; a; ''",
        "sum(a); a; ''",
        "sum by (x, y) (a); a; x,y",
        "sum(a) by (x); a; x",
        "a / on(x) group_left(z) b; a,b; x,z",
        "a and b unless c or d; a,b,c,d; ''",
        "a offset 1h > bool 3; a; ''",
        "histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m]))); a_bucket; le",
        "absent(up == 1); up; ''",
        "max_over_time(a[1h:5m] offset 1d); a; ''",
        "-a * 1e3 + 0.5; a; ''",
        "a{} # and b; a; ''"
      })
  void metrics_and_labels_of(String expression, String metrics, String labels) {
    PromQl read = PromQl.parse(expression);
    assertThat(read.selectors()).extracting(Selector::metric).containsExactly(split(metrics));
    assertThat(read.labels()).containsExactlyInAnyOrder(split(labels));
  }

  private static String[] split(String list) {
    return list.isEmpty() ? new String[0] : list.split(",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{x=\"1\"", "sum by (x", "a ? b", "{x=\"1\"}", "a{x=\"1}", "a $ b"})
  void what_it_cannot_read_it_refuses(String expression) {
    assertThatIllegalArgumentException().isThrownBy(() -> PromQl.parse(expression));
  }
}
