package io.scrip.auth;

import java.io.IOException;

/** Where an issuer publishes its keys. */
@FunctionalInterface
interface KeySource {
  /**
   * Asks the issuer.
   *
   * @return a JWK set as JSON
   * @throws IOException when the issuer is away or its answer is not one
   */
  String fetch() throws IOException, InterruptedException;
}
