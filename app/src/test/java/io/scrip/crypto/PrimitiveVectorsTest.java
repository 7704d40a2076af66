package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The primitives that the JDK brings, in the way this package calls them, against what their makers
 * published.
 */
class PrimitiveVectorsTest {
  /** McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13 to 16. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0000000000000000000000000000000000000000000000000000000000000000,000000000000000000000000,'','',530f8afbc74536b9a963b4f1c4cb738b
          0000000000000000000000000000000000000000000000000000000000000000,000000000000000000000000,'',00000000000000000000000000000000,cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919
          feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308,cafebabefacedbaddecaf888,'',d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255,522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c
          feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308,cafebabefacedbaddecaf888,feedfacedeadbeeffeedfacedeadbeefabaddad2,d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39,522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b
          """)
  void aes_256_gcm(String key, String nonce, String associatedData, String plaintext, String sealed)
      throws Exception {
    Cipher cipher = Aes.cipher();
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretBytes("AES", hex(key)),
        new GCMParameterSpec(Aes.TAG_BYTES * 8, hex(nonce)));
    cipher.updateAAD(hex(associatedData));
    assertThat(hex(cipher.doFinal(hex(plaintext)))).isEqualTo(sealed);
  }

  @Test
  void our_envelope_is_aes_256_gcm_with_the_head_as_associated_data() throws Exception {
    byte[] key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    byte[] head = hex("01cafebabefacedbaddecaf888");
    byte[] plaintext = bytes("some plaintext");
    byte[] out = Arrays.copyOf(head, head.length + plaintext.length + Aes.TAG_BYTES);
    Aes.seal(Aes.cipher(), new SecretBytes("AES", key), plaintext, bytes("more"), out, head.length);

    Cipher cipher = Aes.cipher();
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretBytes("AES", key),
        new GCMParameterSpec(128, hex("cafebabefacedbaddecaf888")));
    cipher.updateAAD(hex("01cafebabefacedbaddecaf888" + hex(bytes("more"))));
    assertThat(cipher.doFinal(out, head.length, out.length - head.length)).isEqualTo(plaintext);
  }

  /** RFC 4231, sections 4.2, 4.3, 4.4 and 4.7. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,4869205468657265,b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7
          4a656665,7768617420646f2079612077616e7420666f72206e6f7468696e673f,5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
          aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd,773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe
          """)
  void hmac_sha_256(String key, String message, String digest) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretBytes("HmacSHA256", hex(key)));
    assertThat(hex(mac.doFinal(hex(message)))).isEqualTo(digest);
  }

  @Test
  void our_mac_is_hmac_sha_256_over_the_framed_parts() throws Exception {
    byte[] key = hex("4a656665");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretBytes("HmacSHA256", key.clone()));
    byte[] framed = hex("00000002" + "6162" + "00000000" + "00000001" + "63");
    assertThat(new MacKey(key).over(bytes("ab"), bytes(""), bytes("c")))
        .isEqualTo(mac.doFinal(framed));
  }

  /** RFC 5869, appendices A.1, A.2 and A.3. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,000102030405060708090a0b0c,f0f1f2f3f4f5f6f7f8f9,3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865
          000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87
          0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,'','',8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8
          """)
  void hkdf_sha_256(String key, String salt, String info, String derived) {
    byte[] found =
        Hkdf.derive(new SecretBytes("HKDF", hex(key)), hex(salt), hex(info), derived.length() / 2);
    assertThat(hex(found)).isEqualTo(derived);
  }

  /** FIPS 180-4, the examples of one block and of two that NIST publishes beside it. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
          abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1
          """)
  void sha_256(String message, String digest) throws Exception {
    byte[] found =
        MessageDigest.getInstance("SHA-256").digest(message.getBytes(StandardCharsets.US_ASCII));
    assertThat(hex(found)).isEqualTo(digest);
  }
}
