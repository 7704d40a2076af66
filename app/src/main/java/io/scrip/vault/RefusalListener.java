package io.scrip.vault;

/**
 * Told of each call that was answered with a problem, on the thread that answers; must be quick.
 */
public interface RefusalListener {
  /** For refusals that say everything by their problem. */
  String NO_REASON = "none";

  /**
   * @param problem the last part of the problem's type: {@code access-denied}, {@code overloaded},
   *     …
   * @param reason why a token was not accepted, one of a fixed few such as {@code expired}; {@link
   *     #NO_REASON} for all other refusals
   */
  void refused(String problem, String reason);
}
