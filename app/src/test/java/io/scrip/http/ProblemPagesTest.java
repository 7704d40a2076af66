package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemPagesTest {
  private static final Path PAGES = Path.of("docs", "problems");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  @Test
  void there_is_a_page_for_each_problem_and_no_other() throws IOException {
    List<String> expected =
        Stream.concat(
                Stream.of("README.md"),
                Arrays.stream(ProblemType.values()).map(type -> type.slug() + ".md"))
            .toList();
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void a_page_says_what_the_program_says(ProblemType type) throws IOException {
    String page = Files.readString(PAGES.resolve(type.slug() + ".md"));
    assertThat(page).startsWith("# " + type.title() + "\n").contains(type.uri(), "## What to do");
    Matcher example = EXAMPLE.matcher(page);
    assertThat(example.find()).isTrue();
    JsonNode problem = OpenApiFixture.json(example.group(1));
    assertThat(problem.get("type").asText()).isEqualTo(type.uri());
    assertThat(problem.get("title").asText()).isEqualTo(type.title());
    assertThat(problem.get("status").asInt()).isEqualTo(type.status().getCode());
    assertThat(problem.get("detail").asText()).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void the_index_leads_to_each_page(ProblemType type) throws IOException {
    String index = Files.readString(PAGES.resolve("README.md"));
    assertThat(index)
        .contains(
            "| [`%1$s`](%1$s.md) | %2$d | %3$s |"
                .formatted(type.slug(), type.status().getCode(), type.title()));
  }

  @Test
  void no_two_problems_share_an_address_or_a_title() {
    assertThat(ProblemType.values()).extracting(ProblemType::slug).doesNotHaveDuplicates();
    assertThat(ProblemType.values()).extracting(ProblemType::title).doesNotHaveDuplicates();
  }
}
