package io.scrip.gateway;

import java.util.Optional;
import java.util.stream.Collectors;

/** The Secrets as YAML, for {@code kubectl create -f -}. */
public final class SecretsYaml {
  private SecretsYaml() {}

  /** All seats of a plan, one document each. */
  public static String of(Plan plan, Optional<String> namespace) {
    return plan.after().stream()
        .map(seat -> document(seat, namespace))
        .collect(Collectors.joining("---\n"));
  }

  private static String document(Seat seat, Optional<String> namespace) {
    Credential credential = Credential.of(seat.name(), seat.held());
    return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: %s
        %s  labels:
            %s: %s
        type: Opaque
        stringData:
          key: %s
          algorithm: %s
          rsa_public_key: |
        %s"""
        .formatted(
            seat.name(),
            namespace.map(name -> "  namespace: " + name + "\n").orElse(""),
            SecretObject.LABEL,
            SecretObject.LABEL_VALUE,
            YamlText.quoted(credential.kid()),
            credential.algorithm(),
            credential.pem().indent(4));
  }
}
