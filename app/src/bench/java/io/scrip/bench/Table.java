package io.scrip.bench;

/** Some rows that are measured together. */
@FunctionalInterface
interface Table {
  /** Measures, and adds its rows to the bed's report. */
  void measure(Bed bed);
}
