package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.Caller;
import io.scrip.identity.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerRightsTest {
  private static final String CHECKOUT = "system:serviceaccount:shop:checkout";

  private final AuthFixture auth = new AuthFixture();

  @AfterEach
  void stop() {
    auth.close();
  }

  private Caller caller(TestToken token) {
    return AuthFixture.verify(auth.verifier(), token.signedBy(TestKeys.FIRST));
  }

  private Caller podCaller(TestToken token) {
    ServiceAccountConfig account =
        new ServiceAccountConfig(
            "checkout", Optional.of(CHECKOUT), Optional.empty(), List.of("tokenize"), "shop");
    CallerVerifier verifier =
        auth.verifier(auth.cluster(), AuthFixture.CACHE, Runnable::run, account);
    return AuthFixture.verify(verifier, token.signedBy(TestKeys.FIRST));
  }

  private TestToken podToken(String subject) {
    return auth.token()
        .header("typ", null)
        .claim("azp", null)
        .claim("gty", null)
        .claim("scope", null)
        .claim("sub", subject);
  }

  @Test
  void the_caller_is_who_the_token_says() {
    Caller caller = caller(auth.token());
    assertThat(caller.actor().issuer()).isEqualTo(auth.provider.issuer());
    assertThat(caller.actor().subject()).isEqualTo("shop@clients");
    assertThat(caller.actor().client()).isEqualTo("shop");
    assertThat(caller.tenant()).isEqualTo(TenantId.DEFAULT);
    assertThat(caller.grants()).containsExactlyInAnyOrder("tokenize", "read:tokens");
  }

  @Test
  void the_client_is_found_in_either_profile() {
    assertThat(caller(auth.token().claim("azp", null).claim("client_id", "nine")).actor().client())
        .isEqualTo("nine");
    assertThat(caller(auth.token().claim("azp", null)).actor().client()).isEqualTo("shop@clients");
  }

  @Test
  void scope_and_permissions_add_up() {
    Caller caller = caller(auth.token().claim("permissions", List.of("detokenize", "tokenize")));
    assertThat(caller.grants()).containsExactlyInAnyOrder("tokenize", "read:tokens", "detokenize");
  }

  @Test
  void without_either_nothing_is_granted() {
    assertThat(caller(auth.token().claim("scope", null)).grants()).isEmpty();
    assertThat(caller(auth.token().claim("scope", "")).grants()).isEmpty();
    assertThat(caller(auth.token().claim("scope", "  ")).grants()).isEmpty();
  }

  @Test
  void a_wildcard_in_a_permission_stays_text() {
    Caller caller =
        caller(
            auth.token()
                .claim("scope", "* token* +")
                .claim("permissions", List.of("detokenize:*", "a b")));
    assertThat(caller.grants())
        .containsExactlyInAnyOrder("*", "token*", "+", "detokenize:*", "a b");
  }

  @Test
  void only_spaces_part_a_scope() {
    assertThat(caller(auth.token().claim("scope", "tokenize,detokenize\tread:tokens")).grants())
        .containsExactly("tokenize,detokenize\tread:tokens");
  }

  @Test
  void the_tenant_comes_from_the_claim_and_from_nowhere_else() {
    Caller caller =
        caller(
            auth.token()
                .claim("org_id", "org_1")
                .claim("tenant", "other")
                .header("org_id", "other")
                .header("X-Tenant", "other"));
    assertThat(caller.tenant()).isEqualTo(new TenantId("org_1"));
    assertThat(caller(auth.token().header("org_id", "other")).tenant()).isEqualTo(TenantId.DEFAULT);
  }

  @Test
  void a_tenant_that_is_none_refuses_the_token_instead_of_falling_back() {
    for (Object tenant : List.of("", "x".repeat(129), "a\nb")) {
      assertThat(
              AuthFixture.outcome(
                  auth.verifier(), auth.token().claim("org_id", tenant).signedBy(TestKeys.FIRST)))
          .isEqualTo("malformed");
    }
  }

  @Test
  void a_service_account_has_what_the_configuration_gives() {
    Caller caller = podCaller(podToken(CHECKOUT));
    assertThat(caller.grants()).containsExactly("tokenize");
    assertThat(caller.tenant()).isEqualTo(new TenantId("shop"));
    assertThat(caller.actor().client()).isEqualTo(CHECKOUT);
  }

  @Test
  void an_unknown_service_account_may_do_nothing() {
    for (String subject :
        List.of(
            "system:serviceaccount:shop:other",
            CHECKOUT + "2",
            CHECKOUT.toUpperCase(Locale.ROOT),
            "*")) {
      Caller caller = podCaller(podToken(subject));
      assertThat(caller.grants()).as(subject).isEmpty();
      assertThat(caller.tenant()).isEqualTo(TenantId.DEFAULT);
    }
  }

  @Test
  void a_service_account_cannot_grant_itself_anything_by_claims() {
    Caller caller =
        podCaller(
            podToken(CHECKOUT)
                .claim("scope", "detokenize")
                .claim("permissions", List.of("rotate:keys"))
                .claim("azp", "other")
                .claim("org_id", "other"));
    assertThat(caller.grants()).containsExactly("tokenize");
    assertThat(caller.tenant()).isEqualTo(new TenantId("shop"));
    assertThat(caller.actor().client()).isEqualTo(CHECKOUT);
  }

  @Test
  void a_service_accounts_subject_from_another_kind_of_issuer_is_just_a_name() {
    assertThat(caller(auth.token().claim("sub", CHECKOUT).claim("scope", null)).grants()).isEmpty();
  }
}
