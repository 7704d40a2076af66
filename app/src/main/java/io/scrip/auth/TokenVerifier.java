package io.scrip.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies one token from beginning to end: form, issuer, algorithm, type, key, signature, and only
 * then what it claims (RFC 7519, section 7.2; RFC 8725; RFC 9068, section 4). May wait for the
 * issuer's keys.
 */
final class TokenVerifier {
  private final Map<String, TrustedIssuer> issuers;
  private final Duration clockSkew;
  private final int maxTokenBytes;
  private final InstantSource clock;

  TokenVerifier(Map<String, TrustedIssuer> issuers, AuthConfig config, InstantSource clock) {
    this.issuers = Map.copyOf(issuers);
    this.clockSkew = config.clockSkew();
    this.maxTokenBytes = config.maxTokenBytes();
    this.clock = clock;
  }

  /** In the order of their names. */
  List<IssuerKeys> issuerKeys() {
    return issuers.values().stream()
        .<IssuerKeys>map(TrustedIssuer::keys)
        .sorted(Comparator.comparing(IssuerKeys::nick))
        .toList();
  }

  /** Cheap enough for any thread: what fails here is not even looked up. */
  void requireReadable(String token) {
    if (token.length() > maxTokenBytes) {
      throw Refusal.TOO_LARGE.because();
    }
  }

  /**
   * @throws AuthException.InvalidToken when the token breaks a rule
   * @throws AuthException.KeysUnavailable when that cannot be told
   */
  VerifiedToken verify(String bearerToken) {
    requireReadable(bearerToken);
    CompactToken token = CompactToken.parse(bearerToken);
    TrustedIssuer issuer = issuerOf(token.claims());
    requireHeader(issuer, token.header());
    String keyId = token.header().text("kid").orElseThrow(Refusal.UNKNOWN_KEY::because);
    PublishedKey key = issuer.keys().get(keyId);
    requireSignature(token, key);
    Instant expiresAt = requireTime(token.claims());
    requireAccessTokenFor(issuer, token.claims());
    return new VerifiedToken(
        CallerReader.read(issuer, token.claims()), expiresAt, issuer.keys(), keyId, key);
  }

  private TrustedIssuer issuerOf(Claims claims) {
    return claims.text("iss").map(issuers::get).orElseThrow(Refusal.ISSUER::because);
  }

  /**
   * Of the header's ways to name a key only {@code kid} counts; {@code jwk}, {@code jku}, {@code
   * x5u} are not read.
   */
  private static void requireHeader(TrustedIssuer issuer, Claims header) {
    if (header.text("alg").filter(issuer.algorithms()::contains).isEmpty()) {
      throw Refusal.ALGORITHM.because();
    }
    if (!hasAllowedType(issuer, header.text("typ"))) {
      throw Refusal.TYPE.because();
    }
    if (header.has(
        "crit")) { // RFC 7515, section 4.1.11: we understand no extension, so we must refuse
      throw Refusal.MALFORMED.because();
    }
  }

  private static boolean hasAllowedType(TrustedIssuer issuer, Optional<String> type) {
    return type.map(text -> issuer.types().contains(text.toLowerCase(Locale.ROOT)))
        .orElse(issuer.mayLackType());
  }

  /**
   * The algorithm is the key's own; that the token's is the same has to be checked, or it could
   * choose.
   */
  private static void requireSignature(CompactToken token, PublishedKey key) {
    if (token.header().text("alg").filter(key.algorithm().getName()::equals).isEmpty()) {
      throw Refusal.ALGORITHM.because();
    }
    try {
      if (!key.verifier()
          .verify(new JWSHeader(key.algorithm()), token.signedPart(), token.signature())) {
        throw Refusal.SIGNATURE.because();
      }
    } catch (JOSEException e) {
      throw Refusal.SIGNATURE.because();
    }
  }

  private Instant requireTime(Claims claims) {
    Instant now = clock.instant();
    Instant expiresAt = claims.time("exp").orElseThrow(Refusal.MALFORMED::because);
    if (!now.isBefore(expiresAt.plus(clockSkew))) {
      throw Refusal.EXPIRED.because();
    }
    if (claims.time("nbf").filter(start -> now.isBefore(start.minus(clockSkew))).isPresent()) {
      throw Refusal.NOT_YET_VALID.because();
    }
    claims.time("iat"); // not judged, but it has to be a time
    return expiresAt;
  }

  private static void requireAccessTokenFor(TrustedIssuer issuer, Claims claims) {
    if (isIdToken(claims)) {
      throw Refusal.ID_TOKEN.because();
    }
    if (!claims.textOrTexts("aud").contains(issuer.audience())) {
      throw Refusal.AUDIENCE.because();
    }
  }

  /**
   * OpenID Connect Core 1.0, sections 2 and 3.1.3.6, 3.3.2.11; the last two are Cognito's and
   * Keycloak's ways to say it.
   */
  private static boolean isIdToken(Claims claims) {
    return List.of("nonce", "at_hash", "c_hash").stream().anyMatch(claims::has)
        || claims.text("token_use").filter("id"::equals).isPresent()
        || claims.text("typ").filter("ID"::equals).isPresent();
  }
}
