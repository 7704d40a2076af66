package io.scrip.journal;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What one caller of a group is told once that is over, and by which thread.
 *
 * @param news completes the caller's future
 */
record Answer(Executor thread, Runnable news) {

  /** Each thread has its answers at once: to wake it for each of them costs more than they do. */
  static void tell(List<Answer> answers) {
    answers.stream().collect(groupingBy(Answer::thread)).forEach(Answer::tell);
  }

  private static void tell(Executor thread, List<Answer> answers) {
    Runnable all = () -> answers.forEach(answer -> answer.news.run());
    try {
      thread.execute(all);
    } catch (RejectedExecutionException ended) { // a server may end before its journal
      all.run();
    }
  }
}
