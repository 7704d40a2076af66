package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is printed by mistake, it is not the caller's. */
class NoSecretPrintedTest extends VaultFixture {
  private static final String CANARY = "CANARY-4242424242424242";
  private static final Token TOKEN = new Token(CANARY);

  static Stream<Object> carriers() {
    VaultFixture vault = new VaultFixture();
    TokenizeRequest request =
        new TokenizeRequest(
            plaintext(CANARY),
            Optional.empty(),
            Optional.of(CANARY),
            Optional.of(CANARY),
            Optional.of(Duration.ofHours(1)),
            Map.of(CANARY, CANARY));
    IdempotencyKey key =
        new IdempotencyKey(CANARY, CANARY.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Draft draft =
        vault.drafting.draft(
            new Draft.Asked(CALL, request, BuiltInTemplates.OPAQUE, Optional.of(key), 0));
    return Stream.of(
        plaintext(CANARY),
        TOKEN,
        request,
        key,
        draft,
        draft.keys(),
        new Draft.Asked(CALL, request, BuiltInTemplates.OPAQUE, Optional.of(key), 0),
        draft.mapping(1),
        new TokenRef.ByToken(TOKEN),
        new TokenRef.ByName(CANARY),
        new TokenInfo(
            TOKEN,
            "opaque",
            Instant.EPOCH,
            Optional.empty(),
            Optional.of(CANARY),
            Optional.of(CANARY),
            Map.of(CANARY, CANARY)),
        new TokenRecord(
            TOKEN,
            Optional.of(CANARY),
            Optional.of(CANARY),
            "clerk",
            Map.of(CANARY, CANARY),
            plaintext(CANARY)),
        new Searcher.By.Value(plaintext(CANARY), "card"),
        new Searcher.By.Subject(CANARY),
        new Searcher.Page(List.of(draft.made()), Optional.empty()),
        new Detokenizer.Request(
            new TokenRef.ByName(CANARY), Optional.empty(), Optional.of("refund")),
        new Detokenizer.Revealed(plaintext(CANARY), io.scrip.policy.View.PLAIN, "card"),
        new Revoker.What.One(new TokenRef.ByName(CANARY)),
        new Revoker.What.OfSubject(CANARY),
        new Drawing.Derived(
            DIGESTS,
            CALL.caller().tenant(),
            1,
            List.of(CANARY.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void nothing_that_carries_a_secret_prints_it(Object carrier) {
    assertThat(String.valueOf(carrier)).doesNotContain("CANARY", "4242");
    assertThat(List.of(carrier).toString()).doesNotContain("CANARY", "4242");
  }
}
