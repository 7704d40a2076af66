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
      HEX.parseHex("85fb0e2e9d48d050778e4d887f0ad718dd5ce750cd698e9eed5ae2731b9b9309");

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
                + "010000001001010101010101010101010101010101"
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
        .isEqualTo("85a0fefed59c707602a9e4ca293be3e356bfb7a8a5ae1884370ed4e8a116e3f2");
    assertThat(ChainHash.link(previous, chained.body())).isEqualTo(HASH);
  }

  @Test
  void a_checkpoint_is_signed_as_documented() {
    byte[] message = Checkpoint.message("node-1.w1", 2, AT, HASH, "test-key-7");
    assertThat(HEX.formatHex(SampleTrail.SIGNER.sign(message)))
        .isEqualTo(
            "2eca0b17683deec8896b644f93aa54b561215702996cfc2d4c8cdc8418273e8e"
                + "9476cd297fc2e02a6ce45290e5650272873506c7566f5ef63d85d156c771c002");
  }

  @Test
  void a_closing_line_is_signed_as_documented() {
    Closing closing =
        new Closing(
            AT, "default", "test-key-7", List.of(new Closing.ChainEnd("node-1.w1", 2, HASH, 1, 1)));
    assertThat(HEX.formatHex(SampleTrail.SIGNER.sign(closing.message())))
        .isEqualTo(
            "6774c2ee1f86d9ed434142232d7f23cebac5a5d269772a5be708efc1dad6ea8d"
                + "69baa0b9cf01e6761c631e2a33563f4121824d655f6cf75137630dfc8dc12b0d");
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
            "7397a468873a91461858f9135e4a994b01ebb1ffd461b02f2a4aaeaf5e160b3e"
                + "7611f744b3b4b5f14205696c964caafb560a3a9b582e90f4c5fef6b4025d5c0f");
  }
}
