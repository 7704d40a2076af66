package io.scrip.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;

/** Signing keys, made once for all tests, since RSA keys take their time. */
final class TestKeys {
  static final RSAKey FIRST = rsa("first", 2048);
  static final RSAKey SECOND = rsa("second", 2048);
  static final RSAKey SHORT = rsa("short", 1024);
  static final ECKey CURVE = curve("curve");

  private TestKeys() {}

  /** Not Nimbus's generator: it refuses to make the short key that the tests need. */
  static RSAKey rsa(String keyId, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
          .privateKey(pair.getPrivate())
          .keyID(keyId)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey curve(String keyId) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
