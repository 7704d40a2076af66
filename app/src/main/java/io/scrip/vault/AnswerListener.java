package io.scrip.vault;

import java.time.Duration;

/** Told of each call that was answered, on the thread that answers; must be quick. */
public interface AnswerListener {
  /**
   * @param took from when the call's headers were read until its answer was there, not yet written
   */
  void answered(Answer answer, Duration took);

  /**
   * What calls are told apart by. None of it is a caller's own word.
   *
   * @param method as in {@code POST}
   * @param uri the call's address as the API has it, with the names of its variables in place of
   *     what was sent
   * @param failure the class of what failed, without its package, or {@link #NO_FAILURE}
   */
  record Answer(String method, String uri, int status, String failure) {
    /** For all that went well. */
    public static final String NO_FAILURE = "none";

    /** For addresses that nothing answers to. */
    public static final String UNMATCHED = "UNMATCHED_URI";
  }
}
