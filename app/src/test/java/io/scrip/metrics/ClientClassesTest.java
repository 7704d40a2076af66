package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.auth.IssuerConfig;
import io.scrip.identity.Actor;
import io.scrip.identity.StartRefused;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which class a client counts under, and that the number of classes is the operator's. */
class ClientClassesTest {
  private static final List<IssuerConfig> ISSUERS =
      List.of(
          Meters.issuer("auth0", Meters.ISSUER),
          Meters.issuer("cluster", "https://kubernetes.default.svc"));

  private static ClientClassConfig configured(String name, String issuer, String... clients) {
    return new ClientClassConfig(name, Optional.of(issuer), List.of(clients));
  }

  private static ClientClasses of(ClientClassConfig... configured) {
    return new ClientClasses(ISSUERS, List.of(configured));
  }

  private static Actor client(String issuer, String client) {
    return new Actor(issuer, "somebody", client);
  }

  @Test
  void a_client_in_no_class_counts_under_its_issuers_nick() {
    assertThat(of().of(Meters.TILL)).isEqualTo("auth0");
    assertThat(of().of(client("https://kubernetes.default.svc", "x"))).isEqualTo("cluster");
  }

  @Test
  void a_client_counts_under_its_class() {
    ClientClasses classes = of(configured("tills", "auth0", "till-7", "till-8"));
    assertThat(classes.of(Meters.TILL)).isEqualTo("tills");
    assertThat(classes.of(client(Meters.ISSUER, "till-9"))).isEqualTo("auth0");
  }

  @Test
  void the_same_id_at_another_issuer_is_another_client() {
    ClientClasses classes = of(configured("tills", "auth0", "till-7"));
    assertThat(classes.of(client("https://kubernetes.default.svc", "till-7"))).isEqualTo("cluster");
  }

  @Test
  void ids_are_compared_exactly_and_never_as_patterns() {
    ClientClasses classes = of(configured("tills", "auth0", "till-.*", "*"));
    assertThat(classes.of(Meters.TILL)).isEqualTo("auth0");
  }

  @Test
  void an_issuer_that_is_not_configured_is_other() {
    assertThat(of().of(client("https://nobody.example/", "x"))).isEqualTo("other");
  }

  @Test
  void every_answer_is_among_the_names_whoever_asks() {
    ClientClasses classes = of(configured("tills", "auth0", "till-7"));
    assertThat(classes.names()).containsExactlyInAnyOrder("auth0", "cluster", "tills", "other");
    IntStream.range(0, 1000)
        .mapToObj(i -> client(i % 2 == 0 ? Meters.ISSUER : "https://" + i, "client-" + i))
        .forEach(actor -> assertThat(classes.names()).contains(classes.of(actor)));
  }

  @Test
  void a_client_in_two_classes_is_refused() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(
            () -> of(configured("a", "auth0", "till-7"), configured("b", "auth0", "till-7")))
        .withMessageStartingWith("scrip.metrics.client-classes.b.clients: ");
  }

  @Test
  void a_class_of_an_issuer_that_there_is_none_of_is_refused() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> of(configured("a", "auth1", "till-7")))
        .withMessageStartingWith("scrip.metrics.client-classes.a.issuer: ");
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> of(new ClientClassConfig("a", Optional.empty(), List.of("x"))));
  }

  @Test
  void too_many_classes_are_refused() {
    ClientClassConfig[] many =
        IntStream.rangeClosed(0, ClientClasses.MAX_CLASSES)
            .mapToObj(i -> configured("c" + i, "auth0", "client-" + i))
            .toArray(ClientClassConfig[]::new);
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> of(many))
        .withMessageStartingWith("scrip.metrics.client-classes: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Tills", "7tills", "a_b", "a\"b", "a b", "0123456789", "käse"})
  void a_class_with_a_name_that_is_no_label_is_refused(String name) {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> configured(name, "auth0", "till-7"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> configured("a".repeat(33), "auth0", "till-7"));
  }
}
