package io.scrip.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;

/**
 * A public key as its issuer publishes it, for one algorithm only, whatever a token asks for.
 *
 * @param thumbprint RFC 7638, SHA-256: tells whether a key id still means the same key
 */
record PublishedKey(JWSAlgorithm algorithm, String thumbprint, JWSVerifier verifier) {
  boolean isSameAs(PublishedKey other) {
    return algorithm.equals(other.algorithm) && thumbprint.equals(other.thumbprint);
  }
}
