package io.scrip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the drawing of the packages true: who may see whom, and what of the world outside. */
class PackageMapTest {
  private static final String ROOT = "io.scrip.";

  /**
   * Each package, and the packages of ours that it may see. What is not written here is not
   * allowed.
   */
  private static final Map<String, Set<String>> MAP =
      Map.ofEntries(
          // values, and nothing but the JDK
          Map.entry("identity", Set.of()),
          // ground: never see one another, but for journal, which carries audit's events
          Map.entry("format", Set.of()),
          Map.entry("lease", Set.of()),
          Map.entry("policy", Set.of("identity")),
          Map.entry("crypto", Set.of("identity")),
          Map.entry("auth", Set.of("identity")),
          Map.entry("audit", Set.of("identity")),
          Map.entry("journal", Set.of("identity", "audit")),
          // use cases
          Map.entry(
              "vault",
              Set.of("identity", "format", "lease", "policy", "crypto", "audit", "journal")),
          // what the gateway is told; stands beside the vault and knows nothing of it
          Map.entry("gateway", Set.of("identity", "auth")),
          // edges: never see one another
          Map.entry(
              "http",
              Set.of(
                  "identity",
                  "format",
                  "lease",
                  "policy",
                  "crypto",
                  "auth",
                  "audit",
                  "journal",
                  "vault")),
          Map.entry("store", Set.of("identity", "crypto", "audit", "journal", "vault")),
          Map.entry("issuer", Set.of("identity")),
          Map.entry("metrics", Set.of("identity", "auth", "audit", "journal", "vault")),
          Map.entry(
              "cli",
              Set.of(
                  "identity", "crypto", "auth", "audit", "journal", "gateway", "policy", "vault")));

  /** What each package may see of Micronaut; where nothing is written, nothing. */
  private static final Map<String, List<String>> MICRONAUT =
      Map.of(
          "crypto", List.of("context.annotation"),
          "auth", List.of("context.annotation"),
          "audit", List.of("context.annotation"),
          "journal", List.of("context.annotation", "core.bind.annotation"),
          "vault", List.of("context.annotation", "core.bind.annotation"),
          "metrics", List.of("context.annotation"),
          "issuer", List.of("context.annotation", "core.annotation", "http", "serde.annotation"),
          "store",
              List.of(
                  "context",
                  "core.annotation",
                  "core.bind.annotation",
                  "configuration.jdbc.hikari",
                  "jdbc"),
          "cli", List.of("context", "runtime", "core", "inject", "http.server.exceptions"),
          "http",
              List.of(
                  "context.annotation",
                  "core",
                  "http",
                  "jackson.core.tree",
                  "json.tree",
                  "health",
                  "management.endpoint.health.filter",
                  "management.health.indicator",
                  "serde",
                  "web.router",
                  "inject"));

  /** Everyone who reads the content of a secret. A new name here is a decision, not a detail. */
  private static final Set<String> READERS_OF_SECRETS =
      Set.of(
          "io.scrip.http.Limits",
          "io.scrip.http.SecretSerializers",
          "io.scrip.vault.Detokenizer",
          "io.scrip.vault.Drafting",
          "io.scrip.vault.Drawing",
          "io.scrip.vault.Encryptor",
          "io.scrip.vault.MappingFinder",
          "io.scrip.vault.Rekeying",
          "io.scrip.vault.Searcher",
          "io.scrip.vault.TokenRecord");

  /** Hold a value, a token or a key, so they must not print their parts. */
  private static final Set<String> SECRETS =
      Set.of(
          "io.scrip.identity.Plaintext",
          "io.scrip.identity.Token",
          "io.scrip.vault.TokenRecord",
          "io.scrip.crypto.SecretBytes",
          "io.scrip.crypto.RootKey",
          "io.scrip.crypto.MacKey",
          "io.scrip.crypto.DataKey",
          "io.scrip.crypto.AuditSigningKey",
          "io.scrip.issuer.SigningKey");

  /** Without the classes that the framework generates, whose names start with a dollar sign. */
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/$"))
          .importPackages("io.scrip");

  static Set<String> packages() {
    return MAIN.stream()
        .map(PackageMapTest::packageOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_package_is_on_the_map() {
    assertThat(packages()).isEqualTo(new TreeSet<>(MAP.keySet()));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void a_package_sees_what_the_map_allows_and_no_other(String from) {
    Map<String, String> seen = new TreeMap<>();
    MAIN.stream()
        .filter(type -> packageOf(type).equals(from))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith("io.scrip."))
        .forEach(
            dependency ->
                seen.put(packageOf(dependency.getTargetClass()), dependency.getDescription()));
    seen.remove(from);
    seen.keySet().removeAll(MAP.get(from));
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void a_package_sees_no_more_of_micronaut_than_it_needs(String from) {
    List<String> allowed = MICRONAUT.getOrDefault(from, List.of());
    assertThat(
            MAIN.stream()
                .filter(type -> packageOf(type).equals(from))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isWithin(dependency.getTargetClass(), "io.micronaut"))
                // what stands in an annotation's members by default is the annotation's business
                .filter(
                    dependency -> !dependency.getDescription().contains("has annotation member"))
                .filter(
                    dependency ->
                        allowed.stream()
                            .noneMatch(
                                part ->
                                    isWithin(dependency.getTargetClass(), "io.micronaut." + part)))
                .map(Dependency::getDescription))
        .isEmpty();
  }

  @Test
  void packages_form_no_circle() {
    slices().matching("io.scrip.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void only_the_store_knows_sql() {
    onlyIn(
        Set.of("store"),
        "java.sql",
        "javax.sql",
        "org.flywaydb",
        "com.zaxxer.hikari",
        "io.micronaut.jdbc");
  }

  @Test
  void only_crypto_knows_ciphers() {
    onlyIn(Set.of("crypto"), "javax.crypto", "org.bouncycastle");
  }

  @Test
  void only_who_checks_or_makes_access_tokens_knows_jose() {
    onlyIn(Set.of("auth", "issuer"), "com.nimbusds");
  }

  @Test
  void only_the_edges_that_are_called_know_http() {
    onlyIn(Set.of("http", "issuer"), "io.micronaut.http");
  }

  @Test
  void only_metrics_knows_meters() {
    onlyIn(Set.of("metrics"), "io.micrometer");
  }

  private static void onlyIn(Set<String> homes, String... libraries) {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "live outside " + homes, type -> !homes.contains(packageOf(type))))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to " + List.of(libraries),
                type -> List.of(libraries).stream().anyMatch(library -> isWithin(type, library))))
        .check(MAIN);
  }

  @Test
  void every_package_is_null_marked() {
    assertThat(packages())
        .allSatisfy(
            name ->
                assertThat(MAIN.getPackage(ROOT + name).tryGetPackageInfo())
                    .hasValueSatisfying(
                        info -> assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue()));
  }

  @Test
  void nothing_is_named_after_nothing() {
    noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?)").check(MAIN);
  }

  @Test
  void pitfall_13_secrets_are_classes_because_a_record_prints_its_parts() {
    assertThat(SECRETS).allSatisfy(name -> assertThat(MAIN.get(name).isRecord()).isFalse());
  }

  @Test
  void the_readers_of_secrets_are_known_by_name() {
    Set<String> readers =
        MAIN.get(ROOT + "identity.PlaintextAccess").getDirectDependenciesToSelf().stream()
            .map(Dependency::getOriginClass)
            .map(PackageMapTest::outermost)
            .filter(name -> !name.startsWith(ROOT + "identity."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(readers).isEqualTo(new TreeSet<>(READERS_OF_SECRETS));
  }

  @Test
  void only_commands_print() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN.that(liveOutside("cli")));
  }

  @Test
  void everyone_logs_the_same_way() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..").check(MAIN);
  }

  @Test
  void nobody_sleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MAIN);
    noClasses().should().callMethod(Thread.class, "sleep", java.time.Duration.class).check(MAIN);
  }

  @Test
  void time_and_chance_come_in_through_the_constructor() {
    JavaClasses inside = MAIN.that(liveOutside("cli"));
    noClasses().should().callMethod(java.time.Instant.class, "now").check(inside);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(inside);
    noClasses().should().callMethod(Math.class, "random").check(inside);
    noClasses().should().callConstructor(java.security.SecureRandom.class).check(inside);
    noClasses().should().dependOnClassesThat().belongToAnyOf(java.util.Random.class).check(inside);
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.util.concurrent.ThreadLocalRandom.class)
        .check(inside);
  }

  @Test
  void exceptions_are_closed_families_or_final() {
    classes()
        .that()
        .areAssignableTo(Throwable.class)
        .should(
            com.tngtech.archunit.lang.conditions.ArchConditions.be(
                DescribedPredicate.describe(
                    "final or sealed",
                    type ->
                        type.reflect().isSealed()
                            || java.lang.reflect.Modifier.isFinal(type.reflect().getModifiers()))))
        .check(MAIN);
  }

  private static DescribedPredicate<JavaClass> liveOutside(String home) {
    return DescribedPredicate.describe(
        "live outside " + home, type -> !packageOf(type).equals(home));
  }

  private static boolean isWithin(JavaClass type, String name) {
    return (type.getPackageName() + ".").startsWith(name + ".");
  }

  private static String packageOf(JavaClass type) {
    return type.getPackageName().substring(ROOT.length()).replaceFirst("\\..*", "");
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }
}
