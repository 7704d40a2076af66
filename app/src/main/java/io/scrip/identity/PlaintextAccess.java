package io.scrip.identity;

/** Handed over wherever a secret's content is read, so that one search finds every reader. */
public enum PlaintextAccess {
  GRANTED
}
