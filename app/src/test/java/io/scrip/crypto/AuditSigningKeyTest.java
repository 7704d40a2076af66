package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.DIGEST_ROOT;
import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSigningKeyTest {
  /** RFC 8032, section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
          4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
          c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
          """)
  void ed25519(String seed, String publicKey, String message, String signature) {
    AuditSigningKey key = AuditSigningKey.ofSeed(hex(seed));
    assertThat(hex(key.publicKey())).isEqualTo(publicKey);
    assertThat(hex(key.sign(hex(message)))).isEqualTo(signature);
  }

  @Test
  void the_key_of_a_digest_root_stays_the_same_for_ever() {
    AuditSigningKey key = AuditSigningKey.of(DIGEST_ROOT);
    assertThat(key.keyId()).isEqualTo("f20bb3567644a3f7");
    assertThat(hex(key.publicKey()))
        .isEqualTo("6138f70ed33cf4403b6d8ca47fbba35237465f06dd8bea6ea4e5beb1eed11175");
  }

  @Test
  void a_signature_fits_the_published_half_and_no_other_message() throws Exception {
    AuditSigningKey key = AuditSigningKey.of(DIGEST_ROOT);
    byte[] signature = key.sign(bytes("head of the chain"));
    assertThat(verifies(key, bytes("head of the chain"), signature)).isTrue();
    assertThat(verifies(key, bytes("another head"), signature)).isFalse();
    signature[10] ^= 1;
    assertThat(verifies(key, bytes("head of the chain"), signature)).isFalse();
  }

  @Test
  void another_root_gives_another_key() {
    AuditSigningKey other = AuditSigningKey.of(TestKeys.root(RootKind.DIGEST, 0x23));
    assertThat(other.keyId()).isNotEqualTo(AuditSigningKey.of(DIGEST_ROOT).keyId());
  }

  private static boolean verifies(AuditSigningKey key, byte[] message, byte[] signature)
      throws Exception {
    String base64 = key.publicKeyPem().replaceAll("-----[A-Z ]+-----|\\s", "");
    PublicKey publicKey =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey);
    verifier.update(message);
    return verifier.verify(signature);
  }
}
