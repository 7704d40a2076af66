package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailKeyTest {
  private static final String PUBLIC =
      "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c";
  private final byte[] message = {1, 2, 3};
  private final byte[] signature = SampleTrail.SIGNER.sign(message);

  @Test
  void verifies_test_3_of_rfc_8032_section_7_1() {
    TrailKey key =
        TrailKey.parse("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    byte[] published =
        HexFormat.of()
            .parseHex(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    assertThat(key.verifies(new byte[] {(byte) 0xaf, (byte) 0x82}, published)).isTrue();
    assertThat(key.verifies(new byte[] {(byte) 0xaf, (byte) 0x83}, published)).isFalse();
  }

  @Test
  void reads_the_same_key_in_every_form() {
    byte[] raw = HexFormat.of().parseHex(PUBLIC);
    String pem =
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEA6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=
        -----END PUBLIC KEY-----
        """;
    assertThat(TrailKey.parse(PUBLIC).verifies(message, signature)).isTrue();
    assertThat(TrailKey.parse(pem).verifies(message, signature)).isTrue();
    assertThat(TrailKey.parse(pem.replace("\n", "\r\n")).verifies(message, signature)).isTrue();
    assertThat(TrailKey.parse(Base64.getEncoder().encodeToString(raw)).verifies(message, signature))
        .isTrue();
    assertThat(
            TrailKey.parse(Base64.getUrlEncoder().encodeToString(raw)).verifies(message, signature))
        .isTrue();
    assertThat(SampleTrail.SIGNER.publicKey()).isEqualTo(raw);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "not a key",
        "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d2",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void refuses_what_is_no_key(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TrailKey.parse(text));
  }

  @Test
  void a_signature_of_the_wrong_size_is_a_no() {
    TrailKey key = SampleTrail.SIGNER.key();
    assertThat(key.verifies(message, new byte[0])).isFalse();
    assertThat(key.verifies(message, new byte[64])).isFalse();
    assertThat(key.verifies(message, new byte[65])).isFalse();
  }
}
