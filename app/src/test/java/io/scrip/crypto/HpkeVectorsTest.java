package io.scrip.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * X-Wing and HPKE against what their authors published. No published vector has our very suite
 * (X-Wing, HKDF-SHA-256, AES-256-GCM); so its KEM and KDF are checked with one and its AEAD with
 * another.
 */
class HpkeVectorsTest {
  /** draft-connolly-cfrg-xwing-kem, appendix C. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void x_wing_makes_the_published_keys_encapsulations_and_secrets(int number) {
    Vectors vectors = new Vectors("x-wing.properties");
    AsymmetricCipherKeyPair pair = XWing.keyPair(vectors.get(number + ".seed"));
    byte[] encapsulation = vectors.get(number + ".ct");
    assertThat(XWing.publicKey(pair)).isEqualTo(vectors.get(number + ".pk"));

    byte[] sealed =
        XWing.seal(
            vectors.get(number + ".pk"),
            new byte[0],
            new byte[0],
            new byte[32],
            new FixedRandom(vectors.get(number + ".eseed")));
    assertThat(Arrays.copyOfRange(sealed, 1, 1 + encapsulation.length)).isEqualTo(encapsulation);

    var extractor = new XWingKEMExtractor((XWingPrivateKeyParameters) pair.getPrivate());
    assertThat(extractor.extractSecret(encapsulation)).isEqualTo(vectors.get(number + ".ss"));
  }

  /** draft-ietf-hpke-pq: X-Wing and HKDF-SHA-256 as ours, with ChaCha20-Poly1305. */
  @Test
  void hpke_with_x_wing_and_hkdf_sha_256_seals_as_published() throws Exception {
    Vectors vectors = new Vectors("hpke-x-wing.properties");
    var hpke =
        new HPKE(
            HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
    var publicKey = hpke.deserializePublicKey(vectors.get("pkRm"));
    var sender = hpke.setupBaseS(publicKey, vectors.get("info"), vectors.get("ikmE"));
    var receiver =
        hpke.setupBaseR(
            vectors.get("enc"), XWing.keyPair(vectors.get("skRm")), vectors.get("info"));
    assertThat(sender.getEncapsulation()).isEqualTo(vectors.get("enc"));
    assertThat(receiver.export(vectors.get("export.context"), 32))
        .isEqualTo(vectors.get("export.value"));
    for (int i = 0; i < 3; i++) {
      byte[] associatedData = vectors.get(i + ".aad");
      assertThat(sender.seal(associatedData, vectors.get(i + ".pt")))
          .isEqualTo(vectors.get(i + ".ct"));
      assertThat(receiver.open(associatedData, vectors.get(i + ".ct")))
          .isEqualTo(vectors.get(i + ".pt"));
    }
  }

  /** RFC 9180, appendix A.6.1: the one with AES-256-GCM as ours. */
  @Test
  void hpke_with_aes_256_gcm_seals_as_published() throws Exception {
    Vectors vectors = new Vectors("hpke-rfc9180-a6.properties");
    var hpke =
        new HPKE(HPKE.mode_base, HPKE.kem_P521_SHA512, HPKE.kdf_HKDF_SHA512, HPKE.aead_AES_GCM256);
    var sender =
        hpke.setupBaseS(
            hpke.deserializePublicKey(vectors.get("pkRm")),
            vectors.get("info"),
            hpke.deriveKeyPair(vectors.get("ikmE")));
    var receiver =
        hpke.setupBaseR(
            vectors.get("enc"), hpke.deriveKeyPair(vectors.get("ikmR")), vectors.get("info"));
    assertThat(sender.getEncapsulation()).isEqualTo(vectors.get("enc"));
    for (int i = 0; i < 3; i++) {
      byte[] associatedData = vectors.get(i + ".aad");
      assertThat(sender.seal(associatedData, vectors.get(i + ".pt")))
          .isEqualTo(vectors.get(i + ".ct"));
      assertThat(receiver.open(associatedData, vectors.get(i + ".ct")))
          .isEqualTo(vectors.get(i + ".pt"));
    }
  }
}
