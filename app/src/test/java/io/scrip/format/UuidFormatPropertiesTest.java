package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidFormatPropertiesTest {
  private final TokenFormat format = Laws.format("uuid");

  @Test
  void every_token_is_a_random_uuid_of_rfc_9562() {
    Laws.hold(
        format,
        random -> Laws.text(random, "aé😀\0", 1 + random.nextInt(20)),
        (_, token) -> {
          UUID uuid = UUID.fromString(token);
          assertThat(uuid.toString()).isEqualTo(token);
          assertThat(uuid.version()).isEqualTo(4);
          assertThat(uuid.variant()).isEqualTo(2);
        });
  }

  @Test
  void every_random_bit_is_now_and_then_set_and_not_set() {
    long ones = 0;
    long zeros = 0;
    for (long seed = 0; seed < 200; seed++) {
      UUID uuid = UUID.fromString(Laws.draw(format, "x", seed));
      ones |= uuid.getMostSignificantBits();
      zeros |= ~uuid.getMostSignificantBits();
    }
    assertThat(ones).isEqualTo(0xFFFF_FFFF_FFFF_4FFFL);
    assertThat(zeros).isEqualTo(0xFFFF_FFFF_FFFF_BFFFL);
  }

  @Test
  void a_uuid_handed_in_gets_another_one() {
    String data = Laws.draw(format, "x", 17);
    assertThat(Laws.draw(format, data, 17)).isNotEqualTo(data);
    assertThat(format.space(data)).isEqualTo(BigInteger.TWO.pow(122).subtract(BigInteger.ONE));
    assertThat(format.space("other")).isEqualTo(BigInteger.TWO.pow(122));
    assertThat(format.space("c232ab00-9414-11ec-b3c8-9e6bdeced846")) // version 1, RFC 9562, A.1
        .isEqualTo(BigInteger.TWO.pow(122));
  }
}
