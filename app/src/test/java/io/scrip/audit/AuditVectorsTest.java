package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The vector of app/docs/audit.md, computed by a program of its own in another language. */
class AuditVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00.000001Z");
  private static final byte[] HASH =
      HEX.parseHex("e4564e675455bd94d6fe21786e9fbb533b24caf717175e7f2df91b977abd8e67");

  private final AuditEvent event =
      new AuditEvent(
          Action.DETOKENIZE,
          new Actor("https://issuer.example/", "auth0|åda", "shop"),
          TenantId.DEFAULT,
          AuditEvent.Outcome.ALLOWED,
          "ok",
          Optional.of("card"),
          Optional.of(SampleTrail.digest(1)),
          Optional.empty(),
          Optional.of("refund"),
          new RequestId("request-1"));

  @Test
  void an_event_is_encoded_as_documented() {
    assertThat(HEX.formatHex(EventFields.of("node-1.w1", 2, AT, event).encoding()))
        .isEqualTo(
            "0001"
                + "000000096e6f64652d312e7731"
                + "0000000000000002"
                + "000660c4bf52e001"
                + "00000010746f6b656e2e6465746f6b656e697a65"
                + "0000001768747470733a2f2f6973737565722e6578616d706c652f"
                + "0000000a61757468307cc3a56461"
                + "0000000473686f70"
                + "0000000764656661756c74"
                + "010000000463617264"
                + "01000000200101010101010101010101010101010101010101010101010101010101010101"
                + "00"
                + "0100000006726566756e64"
                + "00000007616c6c6f776564"
                + "000000026f6b"
                + "00000009726571756573742d31");
  }

  @Test
  void its_body_and_hash_are_as_documented() {
    byte[] previous = new byte[32];
    Arrays.fill(previous, (byte) 0xaa);
    ChainedEvent chained = new ChainedEvent("node-1.w1", 2, AT, event, previous, HASH);
    assertThat(HEX.formatHex(chained.body()))
        .isEqualTo("668f1b5adff7539f96c98748d3254118119d7fac02919fd1aab2a9e2026a8f1b");
    assertThat(ChainHash.link(previous, chained.body())).isEqualTo(HASH);
  }

  @Test
  void a_checkpoint_is_signed_as_documented() {
    byte[] message = Checkpoint.message("node-1.w1", 2, AT, HASH, "test-key-7");
    assertThat(HEX.formatHex(SampleTrail.SIGNER.sign(message)))
        .isEqualTo(
            "a66b7c3bd942dda446eee3b8d86e1bc178967037c27375cf4c0718f108a5ab30"
                + "d8156855d1f59337a30577b1dc46a33e7c028dd7f583e1fc3f220074cd01310f");
  }

  @Test
  void a_closing_line_is_signed_as_documented() {
    Closing closing =
        new Closing(
            AT, "default", "test-key-7", List.of(new Closing.ChainEnd("node-1.w1", 2, HASH, 1, 1)));
    assertThat(HEX.formatHex(SampleTrail.SIGNER.sign(closing.message())))
        .isEqualTo(
            "859f0d1e4236f1554d2a7021e9b37ec3ed5f54e39a202e15ee10c90c97df9344"
                + "ac169b22c57919ad6818223f405c220059e7ac64c5bdec2bd6bbf20d194e5603");
  }

  @Test
  void an_erasure_is_signed_as_documented() {
    Erasure erasure =
        Erasure.signed(
            TenantId.DEFAULT,
            SampleTrail.digest(2),
            3,
            5,
            4,
            AT,
            new RequestId("request-1"),
            SampleTrail.SIGNER);
    assertThat(erasure.signatureHex())
        .isEqualTo(
            "78f0cf56700d595ee42433ceea4eaa08030a697d7ec36a7e1a4cba2c50ea711b"
                + "da8a35aab84903518e4b0e13324056332f45953ef6d232b4c1034575f1fecb03");
  }
}
