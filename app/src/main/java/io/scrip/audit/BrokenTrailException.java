package io.scrip.audit;

/** The check has come upon the first thing that is wrong. */
final class BrokenTrailException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String chain;
  private final long sequence;
  private final String what;

  BrokenTrailException(String chain, long sequence, String what) {
    super(what);
    this.chain = chain;
    this.sequence = sequence;
    this.what = what;
  }

  Verdict.Broken at(long line) {
    return new Verdict.Broken(line, chain, sequence, what);
  }
}
