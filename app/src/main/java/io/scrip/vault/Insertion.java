package io.scrip.vault;

/** What became of a mapping that was to be inserted. */
public enum Insertion {
  DONE,
  /** Its token belongs to another row: draw again. */
  TOKEN_TAKEN,
  /** Its name belongs to another row. */
  NAME_TAKEN,
  /** Its convergent value has a row, made a moment ago: answer with that one. */
  VALUE_TAKEN,
  /** Its idempotent call item has a row, made a moment ago: answer with that one. */
  ORIGIN_TAKEN
}
