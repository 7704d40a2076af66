package io.scrip.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The usable keys of one JWK set (RFC 7517), by key id: RSA of 2,048 bits or more for RS256, P-256
 * for ES256. Other entries are passed over, so that an issuer may publish keys for other purposes.
 *
 * @param fetchedAt when the fetch began
 */
record KeySet(Map<String, PublishedKey> byId, Instant fetchedAt) {
  /**
   * NIST SP 800-131A r2, section 3: shorter RSA keys are disallowed for verification of new
   * signatures.
   */
  private static final int MIN_RSA_BITS = 2_048;

  KeySet {
    byId = Map.copyOf(byId);
  }

  /**
   * @throws IOException when it is no JWK set or has no usable key. An issuer that is at work has
   *     one; an empty answer is a failure, and the last good keys stay
   */
  static KeySet parse(String json, Instant fetchedAt) throws IOException {
    Map<String, PublishedKey> byId = new HashMap<>();
    for (Map<String, Object> entry : entries(json)) {
      usable(entry)
          .ifPresent(
              jwk -> verifierOf(jwk).ifPresent(key -> byId.putIfAbsent(jwk.getKeyID(), key)));
    }
    if (byId.isEmpty()) {
      throw new IOException("no usable key in the JWK set");
    }
    return new KeySet(byId, fetchedAt);
  }

  Optional<PublishedKey> find(String keyId) {
    return Optional.ofNullable(byId.get(keyId));
  }

  private static List<Map<String, Object>> entries(String json) throws IOException {
    try {
      Map<String, Object>[] keys =
          JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
      return keys == null ? List.of() : List.of(keys);
    } catch (ParseException | RuntimeException e) {
      throw new IOException("not a JWK set");
    }
  }

  private static Optional<JWK> usable(Map<String, Object> entry) {
    try {
      JWK jwk = JWK.parse(entry);
      boolean forSignatures = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
      return Optional.of(jwk).filter(key -> forSignatures && key.getKeyID() != null);
    } catch (ParseException | RuntimeException e) {
      return Optional.empty(); // one entry that we cannot read does not spoil the others
    }
  }

  private static Optional<PublishedKey> verifierOf(JWK jwk) {
    try {
      return switch (jwk) {
        case RSAKey rsa when rsa.size() >= MIN_RSA_BITS ->
            published(jwk, JWSAlgorithm.RS256, new RSASSAVerifier(rsa.toRSAPublicKey()));
        case ECKey ec when ec.getCurve().equals(Curve.P_256) ->
            published(jwk, JWSAlgorithm.ES256, new ECDSAVerifier(ec.toECPublicKey()));
        default -> Optional.empty();
      };
    } catch (JOSEException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublishedKey> published(
      JWK jwk, JWSAlgorithm algorithm, JWSVerifier verifier) throws JOSEException {
    boolean forThis = jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(algorithm);
    String thumbprint = jwk.computeThumbprint().toString();
    return Optional.of(new PublishedKey(algorithm, thumbprint, verifier)).filter(_ -> forThis);
  }
}
