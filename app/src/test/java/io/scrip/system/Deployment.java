package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.TrailKey;
import io.scrip.audit.TrailVerifier;
import io.scrip.audit.Verdict;
import io.scrip.crypto.RootFile;
import io.scrip.crypto.RootKind;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an operator prepares for production: two roots in a folder, an issuer, a database. */
record Deployment(Path folder, Issuer issuer, Map<String, String> settings) {

  /** On a PostgreSQL database that has its tables. */
  static Deployment onPostgres(Path folder, Issuer issuer, TestDatabase database) {
    return on(
        folder,
        issuer,
        Map.of(
            "datasources.default.url", Databases.postgresUrl(database),
            "datasources.default.username", "postgres",
            "datasources.default.password", "canary-password"));
  }

  /** On an H2 file in the folder, as production allows it by name. */
  static Deployment onH2(Path folder, Issuer issuer) {
    return on(
        folder,
        issuer,
        Map.of(
            "datasources.default.url", "jdbc:h2:file:" + folder.resolve("vault"),
            "datasources.default.username", "sa",
            "scrip.store.allow-h2", "true"));
  }

  static Deployment on(Path folder, Issuer issuer, Map<String, String> datasource) {
    Map<String, String> settings = new HashMap<>(issuer.settings());
    settings.putAll(datasource);
    settings.put("scrip.keys.seal-roots", root(RootKind.SEAL, folder.resolve("seal.root")));
    settings.put("scrip.keys.digest-roots", root(RootKind.DIGEST, folder.resolve("digest.root")));
    settings.put("micronaut.server.host", "127.0.0.1");
    return new Deployment(folder, issuer, Map.copyOf(settings));
  }

  private static String root(RootKind kind, Path file) {
    try {
      RootFile.generate(kind, file, new SecureRandom());
      return file.toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** With settings changed or added. */
  Deployment with(Map<String, String> changes) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.putAll(changes);
    return new Deployment(folder, issuer, Map.copyOf(changed));
  }

  /** The half that makes: it has no seal root. */
  Deployment writing() {
    return with(Map.of("scrip.plane", "write")).without("scrip.keys.seal-roots");
  }

  /** The half that opens. */
  Deployment reading() {
    return with(Map.of("scrip.plane", "read"));
  }

  Deployment without(String setting) {
    Map<String, String> fewer = new HashMap<>(settings);
    fewer.remove(setting);
    return new Deployment(folder, issuer, Map.copyOf(fewer));
  }

  /** Whether an instance's trail is whole, checked the way an auditor does. */
  static String verifiedTrail(Instance instance) {
    String trail = instance.trail();
    var key = TrailKey.parse(instance.management("/audit-key.pem").body());
    var export = new ByteArrayInputStream(trail.getBytes(StandardCharsets.UTF_8));
    try {
      assertThat(new TrailVerifier(List.of(key)).verify(export))
          .isInstanceOf(Verdict.Verified.class);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return trail;
  }
}
