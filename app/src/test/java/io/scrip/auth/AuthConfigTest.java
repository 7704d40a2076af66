package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthConfigTest {
  private static final String AUDIENCE = "scrip.auth.audience";
  private static final String ISSUER = "scrip.auth.issuers.main.issuer";
  private static final String TENANT_URL = "https://tenant.eu.auth0.com/";

  /** Built as the container builds it, from properties alone. */
  private static CallerVerifier verifier(Stage stage, Object... properties) {
    try (ApplicationContext context = context(properties)) {
      return new AuthFactory()
          .callerVerifier(
              context.getBean(AuthConfig.class),
              context.getBean(TokenCacheConfig.class),
              context.getBean(KeysConfig.class),
              List.copyOf(context.getBeansOfType(IssuerConfig.class)),
              List.copyOf(context.getBeansOfType(ServiceAccountConfig.class)),
              stage,
              InstantSource.system());
    }
  }

  private static ApplicationContext context(Object... properties) {
    Map<String, Object> values = new HashMap<>();
    values.put("scrip.command", "test"); // nothing of the service starts
    for (int i = 0; i < properties.length; i += 2) {
      values.put((String) properties[i], properties[i + 1]);
    }
    return ApplicationContext.builder("test")
        .deduceEnvironment(false)
        .propertySources(PropertySource.of("test", values))
        .start();
  }

  private static void assertRefused(String key, Object... properties) {
    assertThatThrownBy(() -> verifier(Stage.PRODUCTION, properties))
        .satisfies(
            refused ->
                assertThat(rootOf(refused))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageStartingWith(key + ": "));
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : rootOf(failure.getCause());
  }

  @Test
  void the_defaults_are_what_the_documentation_says() {
    try (ApplicationContext context =
        context(ISSUER, TENANT_URL, "scrip.auth.service-accounts.pod.subject", "x")) {
      assertThat(context.getBean(AuthConfig.class))
          .isEqualTo(new AuthConfig(Optional.empty(), Duration.ofSeconds(30), 8_192));
      assertThat(context.getBean(TokenCacheConfig.class)).isEqualTo(AuthFixture.CACHE);
      assertThat(context.getBean(KeysConfig.class)).isEqualTo(AuthFixture.KEYS);
      assertThat(context.getBean(IssuerConfig.class))
          .isEqualTo(
              AuthFixture.issuer(
                  "main", TENANT_URL, IssuerConfig.Kind.OAUTH, Optional.empty(), "RS256"));
      assertThat(context.getBean(ServiceAccountConfig.class))
          .isEqualTo(
              new ServiceAccountConfig(
                  "pod", Optional.of("x"), Optional.empty(), List.of(), "default"));
    }
  }

  @Test
  void a_cluster_with_its_service_accounts_is_read() {
    assertThat(
            verifier(
                Stage.PRODUCTION,
                AUDIENCE,
                "https://api.example",
                "scrip.auth.issuers.cluster.issuer",
                "https://kubernetes.default.svc.cluster.local",
                "scrip.auth.issuers.cluster.kind",
                "kubernetes",
                "scrip.auth.issuers.cluster.algorithms",
                "RS256,ES256",
                "scrip.auth.issuers.cluster.ca-file",
                "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
                "scrip.auth.service-accounts.checkout.subject",
                "system:serviceaccount:shop:checkout",
                "scrip.auth.service-accounts.checkout.permissions",
                List.of("tokenize")))
        .isNotNull();
  }

  @Test
  void production_needs_an_issuer() {
    assertRefused("scrip.auth.issuers", AUDIENCE, "https://api.example");
    assertRefused(ISSUER, AUDIENCE, "https://api.example", "scrip.auth.issuers.main.audience", "x");
    assertRefused(ISSUER, AUDIENCE, "https://api.example", ISSUER, " ");
  }

  @Test
  void an_issuer_needs_an_audience() {
    assertRefused(AUDIENCE, ISSUER, TENANT_URL);
    assertRefused(AUDIENCE, ISSUER, TENANT_URL, AUDIENCE, "");
    assertThat(
            verifier(Stage.PRODUCTION, ISSUER, TENANT_URL, "scrip.auth.issuers.main.audience", "x"))
        .isNotNull();
  }

  @Test
  void plain_http_ends_at_this_machine() {
    assertRefused(ISSUER, AUDIENCE, "x", ISSUER, "http://tenant.eu.auth0.com/");
    assertRefused(ISSUER, AUDIENCE, "x", ISSUER, "http://127.0.0.1.evil.example/");
    assertRefused(
        "scrip.auth.issuers.main.jwks-uri",
        AUDIENCE,
        "x",
        ISSUER,
        TENANT_URL,
        "scrip.auth.issuers.main.jwks-uri",
        "http://keys.example/");
    assertThat(verifier(Stage.PRODUCTION, AUDIENCE, "x", ISSUER, "http://127.0.0.1:8082/"))
        .isNotNull();
    assertThat(verifier(Stage.DEVELOPMENT, AUDIENCE, "x", ISSUER, "http://issuer.test/"))
        .isNotNull();
  }

  @Test
  void an_issuer_has_to_be_an_address() {
    for (String issuer :
        List.of(
            "tenant.eu.auth0.com",
            "ftp://tenant/",
            "https:///",
            "file:///etc/passwd",
            "https://a b/")) {
      assertRefused(ISSUER, AUDIENCE, "x", ISSUER, issuer);
    }
  }

  @Test
  void no_two_entries_may_speak_of_the_same_issuer() {
    assertThatThrownBy(
            () ->
                verifier(
                    Stage.PRODUCTION,
                    AUDIENCE,
                    "x",
                    ISSUER,
                    TENANT_URL,
                    "scrip.auth.issuers.second.issuer",
                    TENANT_URL))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("configured twice");
  }

  @Test
  void symmetric_and_absent_algorithms_cannot_be_configured() {
    for (String algorithm : List.of("HS256", "none", "RS256,none", "RS512", "rs256")) {
      assertRefused(
          "scrip.auth.issuers.main.algorithms",
          AUDIENCE,
          "x",
          ISSUER,
          TENANT_URL,
          "scrip.auth.issuers.main.algorithms",
          algorithm);
    }
  }

  @Test
  void numbers_out_of_bounds_name_their_key() {
    Map<String, List<String>> bad =
        Map.of(
            "scrip.auth.clock-skew", List.of("6m", "-1s"),
            "scrip.auth.max-token-bytes", List.of("0", "1000000"),
            "scrip.auth.cache.max-size", List.of("-1"),
            "scrip.auth.cache.max-age", List.of("2h"),
            "scrip.auth.keys.refresh", List.of("0s"),
            "scrip.auth.keys.retry", List.of("0s"),
            "scrip.auth.keys.unknown-kid-burst", List.of("0", "101"),
            "scrip.auth.keys.outage-tolerance", List.of("1m"),
            "scrip.auth.keys.max-bytes", List.of("1", "100000000"));
    bad.forEach(
        (key, values) ->
            values.forEach(
                value -> assertRefused(key, AUDIENCE, "x", ISSUER, TENANT_URL, key, value)));
  }

  @Test
  void a_service_account_needs_its_cluster_and_its_full_name() {
    String subject = "scrip.auth.service-accounts.pod.subject";
    assertRefused(
        "scrip.auth.service-accounts.pod.issuer",
        AUDIENCE,
        "x",
        ISSUER,
        TENANT_URL,
        subject,
        "system:serviceaccount:a:b");
    for (String name :
        List.of("", "checkout", "system:serviceaccount:a", "system:serviceaccount:a:b:c")) {
      assertRefused(
          subject,
          AUDIENCE,
          "x",
          ISSUER,
          TENANT_URL,
          "scrip.auth.issuers.main.kind",
          "kubernetes",
          subject,
          name);
    }
  }

  @Test
  void development_without_issuers_refuses_every_token() {
    CallerVerifier verifier = verifier(Stage.DEVELOPMENT);
    String token = TestToken.of("http://127.0.0.1:8082/", Instant.EPOCH).signedBy(TestKeys.FIRST);
    assertThat(AuthFixture.outcome(verifier, token)).isEqualTo("issuer");
  }
}
