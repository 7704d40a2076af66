package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private final List<String> told = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();

  @Test
  void a_caller_whose_thread_has_ended_is_told_all_the_same() {
    Executor ended =
        _ -> {
          throw new RejectedExecutionException("ended");
        };

    Answer.tell(List.of(answer(ended, "a"), answer(ended, "b"), answer(Runnable::run, "c")));

    assertThat(told).containsExactlyInAnyOrder("a", "b", "c").containsSubsequence("a", "b");
  }

  @Test
  void a_thread_is_given_one_task_for_all_of_its_callers_and_they_are_told_in_order() {
    Executor one = tasks::add;
    Executor other = task -> tasks.add(task);

    Answer.tell(List.of(answer(one, "1a"), answer(other, "2a"), answer(one, "1b")));

    assertThat(tasks).hasSize(2);
    assertThat(told).isEmpty();
    tasks.forEach(Runnable::run);
    assertThat(told).containsExactlyInAnyOrder("1a", "2a", "1b").containsSubsequence("1a", "1b");
  }

  private Answer answer(Executor thread, String name) {
    return new Answer(thread, () -> told.add(name));
  }
}
