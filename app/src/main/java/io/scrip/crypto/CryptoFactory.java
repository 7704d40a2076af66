package io.scrip.crypto;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the package together from its configuration, the key table, a clock and a source of
 * randomness.
 */
@Factory
final class CryptoFactory {
  @Singleton
  Roots roots(
      KeyConfig config,
      CustodyConfig custody,
      Plane plane,
      Stage stage,
      SecureRandom random,
      InstantSource clock) {
    return Roots.load(config, custody.custody(), plane, stage, random, clock);
  }

  @Context
  @Requires(missingProperty = "scrip.command")
  @Bean(preDestroy = "close")
  RootWatch rootWatch(Roots roots) {
    return new RootWatch(roots);
  }

  @Singleton
  Custody custody(
      Plane plane,
      CustodyConfig custody,
      Roots roots,
      KeyConfig keys,
      Pkcs11Config pkcs11,
      TransitConfig transit,
      SecureRandom random) {
    return Custodians.of(plane, custody, roots, keys, pkcs11, transit, random);
  }

  /** At the start, not at the first call: a root that is not this database's stops it. */
  @Context
  @Requires(missingProperty = "scrip.command")
  @Bean(preDestroy = "close")
  Keyring keyring(
      KeyTable table,
      Roots roots,
      Plane plane,
      Provider<Custody> custody,
      KeyConfig config,
      SecureRandom random,
      InstantSource clock) {
    Optional<Custody> custodian = plane.opens() ? Optional.of(custody.get()) : Optional.empty();
    String node = node(System.getenv(), random);
    RootSet digestRoots = roots.digest();
    return Keyring.start(table, custodian, digestRoots, config, node, random, clock);
  }

  @Singleton
  RecordSealer records(Keyring keyring) {
    return keyring.records();
  }

  @Singleton
  CiphertextSealer ciphertexts(Keyring keyring) {
    return keyring.ciphertexts();
  }

  /** Without a version yet: which there are stands in the database. */
  @Singleton
  Digests digests(Roots roots) {
    return new Digests(roots.digest());
  }

  @Singleton
  AuditSigningKey auditSigningKey(Roots roots) {
    return AuditSigningKey.of(roots.digest().newest());
  }

  /**
   * The host's name for the operator's eye, and 64 random bits, since a name outlives its process.
   */
  private static String node(Map<String, String> environment, SecureRandom random) {
    byte[] process = new byte[8];
    random.nextBytes(process);
    return environment.getOrDefault("HOSTNAME", "node") + "-" + HexFormat.of().formatHex(process);
  }
}
