package io.scrip.identity;

/** The program will not start; the message is one line that names the setting to change. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param setting the configuration key to change, {@code scrip.auth.audience}
   * @param why what is wrong with it and what would be right
   */
  public StartRefused(String setting, String why) {
    super(setting + ": " + why);
  }
}
