package io.scrip.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.scrip.auth.AuthConfig;
import io.scrip.auth.AuthFactory;
import io.scrip.auth.CallerVerifier;
import io.scrip.auth.IssuerConfig;
import io.scrip.auth.KeysConfig;
import io.scrip.auth.TokenCacheConfig;
import io.scrip.identity.Caller;
import io.scrip.identity.Stage;
import io.scrip.identity.TenantId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenEndpointTest {
  private static final String AUDIENCE = "https://api.scrip.local";
  private static final String WRITER =
      "grant_type=client_credentials&client_id=dev-writer&client_secret=dev-writer";

  @TempDir static Path folder;
  private static StandIn standIn;

  @BeforeAll
  static void start() {
    standIn =
        new StandIn(
            folder,
            "scrip.issuer.clients.acme.secret",
            "s3cret",
            "scrip.issuer.clients.acme.scope",
            "tokenize detokenize",
            "scrip.issuer.clients.acme.permissions-claim",
            true,
            "scrip.issuer.clients.acme.org-id",
            "org_acme",
            "scrip.issuer.clients.acme.expires-in",
            "5m");
  }

  @AfterAll
  static void stop() {
    standIn.close();
  }

  private static String token(HttpResponse<String> response) {
    return String.valueOf(StandIn.body(response).get("access_token"));
  }

  private static SignedJWT jwt(HttpResponse<String> response) throws ParseException {
    return SignedJWT.parse(token(response));
  }

  private static void assertRefused(
      HttpResponse<String> response, int status, String error, String description) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(StandIn.body(response))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("error", error, "error_description", description));
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void a_token_has_the_claims_that_auth0_gives_to_a_machine() throws Exception {
    HttpResponse<String> response = standIn.form(WRITER + "&audience=" + AUDIENCE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(StandIn.body(response))
        .containsOnlyKeys("access_token", "scope", "expires_in", "token_type");
    assertThat(StandIn.body(response))
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 3600L);
    SignedJWT jwt = jwt(response);
    assertThat(jwt.getHeader().toJSONObject())
        .containsOnlyKeys("alg", "typ", "kid")
        .containsEntry("typ", "JWT");
    Map<String, Object> claims = jwt.getPayload().toJSONObject();
    assertThat(claims).containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "azp", "gty", "scope");
    assertThat(claims)
        .containsEntry("iss", standIn.url())
        .containsEntry("sub", "dev-writer@clients")
        .containsEntry("aud", AUDIENCE)
        .containsEntry("azp", "dev-writer")
        .containsEntry("gty", "client-credentials")
        .containsEntry("scope", "tokenize encrypt read:tokens");
    JWTClaimsSet times = jwt.getJWTClaimsSet();
    assertThat(times.getExpirationTime().toInstant())
        .isEqualTo(times.getIssueTime().toInstant().plusSeconds(3600));
  }

  @Test
  void a_configured_client_may_have_permissions_and_an_organization() throws Exception {
    HttpResponse<String> response =
        standIn.json(
            "{\"grant_type\":\"client_credentials\",\"client_id\":\"acme\",\"client_secret\":\"s3cret\"}");
    Map<String, Object> claims = jwt(response).getPayload().toJSONObject();
    assertThat(claims)
        .containsEntry("permissions", List.of("tokenize", "detokenize"))
        .containsEntry("org_id", "org_acme");
    assertThat(StandIn.body(response)).containsEntry("expires_in", 300L);
  }

  @Test
  void json_and_basic_credentials_are_taken_too_and_what_is_unknown_is_passed_over() {
    String json =
        "{\"grant_type\":\"client_credentials\",\"client_id\":\"dev-reader\",\"client_secret\":\"dev-reader\",\"x\":{\"y\":[1]},\"z\":5}";
    assertThat(standIn.json(json).statusCode()).isEqualTo(200);
    assertThat(
            standIn
                .form(
                    "grant_type=client_credentials&foo=bar&&=&x",
                    "Authorization",
                    basic("dev-reader:dev-reader"))
                .statusCode())
        .isEqualTo(200);
    assertThat(standIn.form(WRITER, "Authorization", "Bearer something").statusCode())
        .isEqualTo(200);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_scope_can_be_narrowed_and_never_widened() throws Exception {
    HttpResponse<String> narrowed = standIn.form(WRITER + "&scope=tokenize");
    assertThat(jwt(narrowed).getJWTClaimsSet().getStringClaim("scope")).isEqualTo("tokenize");
    assertThat(StandIn.body(narrowed)).containsEntry("scope", "tokenize");
    assertRefused(
        standIn.form(WRITER + "&scope=tokenize%20detokenize+rotate:keys"),
        403,
        "access_denied",
        "Client has not been granted scopes: detokenize rotate:keys");
  }

  @Test
  void wrong_credentials_are_all_answered_alike() {
    for (String credentials :
        List.of(
            "client_id=dev-writer&client_secret=dev-reader",
            "client_id=nobody&client_secret=nobody",
            "client_id=dev-writer",
            "client_secret=dev-writer",
            "client_id=dev-writer&client_secret=",
            "client_id=acme&client_secret=acme")) {
      assertRefused(
          standIn.form("grant_type=client_credentials&" + credentials),
          401,
          "access_denied",
          "Unauthorized");
    }
    assertRefused(
        standIn.form(WRITER, "Authorization", basic("dev-writer:wrong")),
        401,
        "access_denied",
        "Unauthorized");
  }

  @Test
  void another_audience_is_no_service_of_this_domain() {
    for (String audience : List.of("https://other.example", AUDIENCE + "/", "*")) {
      assertRefused(
          standIn.form(WRITER + "&audience=" + audience),
          403,
          "access_denied",
          "Service not enabled within domain: " + audience);
    }
  }

  @Test
  void other_grants_are_refused() {
    assertRefused(
        standIn.form("client_id=dev-writer&client_secret=dev-writer"),
        400,
        "invalid_request",
        "Missing required parameter: grant_type");
    assertRefused(
        standIn.form(WRITER.replace("client_credentials", "password")),
        403,
        "unsupported_grant_type",
        "Unsupported grant type: password");
  }

  @Test
  void a_body_that_cannot_be_read_is_a_bad_request() {
    for (String body : List.of("{", "[5]", "5", "null", "\"x\"", "{\"grant_type\"")) {
      assertRefused(standIn.json(body), 400, "invalid_request", "The request could not be read.");
    }
    assertRefused(
        standIn.form("grant_type=%zz"), 400, "invalid_request", "The request could not be read.");
    for (String header : List.of("Basic !!!", "Basic", basic("no-colon"))) {
      assertThat(
              standIn.form("grant_type=client_credentials", "Authorization", header).statusCode())
          .as(header)
          .isIn(400, 401);
    }
    assertThat(standIn.form("").statusCode()).isEqualTo(400);
  }

  @Test
  void the_key_is_published_without_its_private_half() throws Exception {
    HttpResponse<String> response = standIn.get(standIn.issuerPort, "/.well-known/jwks.json");
    assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    JWKSet keys = JWKSet.parse(response.body());
    assertThat(keys.getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
    assertThat(keys.getKeys().getFirst().toJSONObject())
        .containsOnlyKeys("kty", "use", "alg", "kid", "n", "e");
    assertThat(verifies(jwt(standIn.form(WRITER)), keys)).isTrue();
  }

  private static boolean verifies(SignedJWT jwt, JWKSet keys) throws JOSEException {
    return jwt.verify(
        new RSASSAVerifier(keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey()));
  }

  @Test
  void the_description_names_issuer_and_keys() {
    assertThat(StandIn.body(standIn.get(standIn.issuerPort, "/.well-known/openid-configuration")))
        .containsEntry("issuer", standIn.url())
        .containsEntry("jwks_uri", standIn.url() + ".well-known/jwks.json");
  }

  @Test
  void it_listens_on_its_own_port_only() {
    assertThat(standIn.apiPort()).isNotEqualTo(standIn.issuerPort);
    assertThat(
            standIn
                .send(StandIn.post(standIn.apiPort(), "application/x-www-form-urlencoded", WRITER))
                .statusCode())
        .isEqualTo(404);
    assertThat(standIn.get(standIn.apiPort(), "/.well-known/jwks.json").statusCode())
        .isEqualTo(404);
  }

  @Test
  void its_tokens_are_accepted_by_the_verifier() {
    Caller caller = verifier().verify(token(standIn.form(WRITER))).toCompletableFuture().join();
    assertThat(caller.actor().client()).isEqualTo("dev-writer");
    assertThat(caller.grants()).containsExactlyInAnyOrder("tokenize", "encrypt", "read:tokens");
    assertThat(caller.tenant()).isEqualTo(TenantId.DEFAULT);
    String acme =
        "grant_type=client_credentials&client_id=acme&client_secret=s3cret&scope=tokenize";
    Caller tenant = verifier().verify(token(standIn.form(acme))).toCompletableFuture().join();
    assertThat(tenant.tenant()).isEqualTo(new TenantId("org_acme"));
    assertThat(tenant.grants()).containsExactly("tokenize");
  }

  private static CallerVerifier verifier() {
    IssuerConfig issuer =
        new IssuerConfig(
            "dev",
            Optional.of(standIn.url()),
            Optional.empty(),
            Optional.empty(),
            IssuerConfig.Kind.OAUTH,
            List.of("RS256"),
            List.of("JWT"),
            "org_id",
            Optional.empty(),
            Optional.empty());
    KeysConfig keys =
        new KeysConfig(
            Duration.ofMinutes(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            3,
            Duration.ofHours(6),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            65_536);
    return new AuthFactory()
        .callerVerifier(
            new AuthConfig(Optional.of(AUDIENCE), Duration.ofSeconds(30), 8_192),
            new TokenCacheConfig(100, Duration.ofSeconds(60)),
            keys,
            List.of(issuer),
            List.of(),
            Stage.DEVELOPMENT,
            InstantSource.system());
  }
}
