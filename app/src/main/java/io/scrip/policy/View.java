package io.scrip.policy;

/** How much of a value an answer shows. */
public enum View {
  PLAIN,
  MASKED
}
