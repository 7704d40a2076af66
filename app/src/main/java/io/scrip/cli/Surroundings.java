package io.scrip.cli;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.env.Environment;
import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/** What everyone is given and nobody reaches for: the time, randomness, and where we are. */
@Factory
final class Surroundings {
  @Singleton
  @Primary // Micronaut brings one of its own
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  @Singleton
  Stage stage(Environment environment) {
    return environment.getActiveNames().contains(Environment.DEVELOPMENT)
        ? Stage.DEVELOPMENT
        : Stage.PRODUCTION;
  }

  @Singleton
  Plane plane(Environment environment) {
    return environment.getProperty(Plane.SETTING, String.class).map(Plane::of).orElse(Plane.ALL);
  }
}
