package io.scrip.gateway;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RSA public keys as PEM: {@code SubjectPublicKeyInfo}, RFC 7468, section 13. */
final class PublicPem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private static final Pattern FORM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----\\s([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

  private PublicPem() {}

  static String encode(BigInteger modulus, BigInteger exponent) {
    try {
      byte[] der = rsa().generatePublic(new RSAPublicKeySpec(modulus, exponent)).getEncoded();
      return "-----BEGIN PUBLIC KEY-----\n"
          + LINES.encodeToString(der)
          + "\n-----END PUBLIC KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no RSA key", e);
    }
  }

  /**
   * @throws KeyRefused when it is a certificate, another kind of key, or no PEM
   */
  static RSAPublicKey decode(String pem) throws KeyRefused {
    Matcher form = FORM.matcher(pem);
    if (!form.matches()) {
      throw new KeyRefused("its PEM is not one public key");
    }
    try {
      byte[] der = Base64.getDecoder().decode(form.group(1).replaceAll("\\s", ""));
      return (RSAPublicKey) rsa().generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KeyRefused("its PEM does not hold an RSA key");
    }
  }

  private static KeyFactory rsa() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA");
  }
}
