package io.scrip.cli;

import io.micronaut.runtime.Micronaut;

/** Starts the service. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Micronaut.run(Main.class, args);
  }
}
