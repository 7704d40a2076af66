package io.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.inject.BeanDefinitionReference;
import io.scrip.audit.AuditConfig;
import io.scrip.auth.AuthConfig;
import io.scrip.auth.KeysConfig;
import io.scrip.auth.TokenCacheConfig;
import io.scrip.crypto.CustodyConfig;
import io.scrip.crypto.KeyConfig;
import io.scrip.crypto.Pkcs11Config;
import io.scrip.crypto.TransitConfig;
import io.scrip.identity.StartRefused;
import io.scrip.journal.JournalConfig;
import io.scrip.vault.HousekeepingConfig;
import io.scrip.vault.LimitsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds where nobody sets anything, and that a refused value names its key. */
class ConfigDefaultsTest {
  private static final List<Class<?>> CONFIGS =
      List.of(
          JournalConfig.class,
          LimitsConfig.class,
          HousekeepingConfig.class,
          AuditConfig.class,
          AuthConfig.class,
          KeysConfig.class,
          TokenCacheConfig.class,
          KeyConfig.class,
          CustodyConfig.class,
          Pkcs11Config.class,
          TransitConfig.class,
          storeConfig());

  @Test
  void defaults_of_the_journal_are_pinned() {
    pinned(JournalConfig.class, "capacity=10000, drainTimeout=PT25S, maxGroup=500, writers=3");
  }

  @Test
  void defaults_of_the_limits_are_pinned() {
    pinned(
        LimitsConfig.class,
        "idempotencyTtl=PT24H, maxBatchItems=1000, maxDataBytes=65536, maxDraws=16, maxLabelLength=256,"
            + " maxMetadataBytes=4096, maxMetadataEntries=16, maxTemplates=1000, searchesPerMinute=600");
  }

  @Test
  void defaults_of_housekeeping_are_pinned() {
    pinned(HousekeepingConfig.class, "chunk=1000, interval=PT1M, retention=PT720H");
  }

  @Test
  void defaults_of_the_audit_trail_are_pinned() {
    pinned(AuditConfig.class, "checkpointEvents=10000, checkpointInterval=PT1M");
  }

  @Test
  void defaults_of_bearer_tokens_are_pinned() {
    pinned(AuthConfig.class, "audience=Optional.empty, clockSkew=PT30S, maxTokenBytes=8192");
    pinned(
        KeysConfig.class,
        "connectTimeout=PT2S, maxBytes=65536, outageTolerance=PT6H, readTimeout=PT5S, refresh=PT5M, retry=PT2S,"
            + " unknownKidBurst=3, unknownKidInterval=PT10S");
    pinned(TokenCacheConfig.class, "maxAge=PT1M, maxSize=10000");
  }

  @Test
  void defaults_of_the_keys_are_pinned() {
    pinned(
        KeyConfig.class,
        "dataKeyLimits=DataKeyLimits[maxRecords=4294967296, maxBytes=68719476736, maxAge=PT24H],"
            + " developmentFolder=data, developmentRoot=Optional.empty, digestRoots=Optional.empty,"
            + " maxOpenedAge=PT10M, maxOpenedKeys=1000, sealRoots=Optional.empty, timeout=PT5S");
  }

  @Test
  void defaults_of_custody_are_pinned() {
    pinned(CustodyConfig.class, "custody=FILES");
    pinned(
        Pkcs11Config.class,
        "isConfigured=false, keyLabel=, library=Optional.empty, pinFile=, slot=Optional.empty,"
            + " tokenLabel=Optional.empty");
    pinned(
        TransitConfig.class,
        "address=Optional.empty, authMount=kubernetes, caFile=Optional.empty, isConfigured=false, key=,"
            + " mount=transit, namespace=Optional.empty, olderKeys=[], role=Optional.empty,"
            + " serviceAccountTokenFile=/var/run/secrets/kubernetes.io/serviceaccount/token,"
            + " tokenFile=Optional.empty");
  }

  @Test
  void defaults_of_the_store_are_pinned() {
    pinned(storeConfig(), "allowH2=false, migrate=Optional.empty");
  }

  @ParameterizedTest
  @CsvSource({
    "scrip.journal.writers, 0",
    "scrip.journal.capacity, 0",
    "scrip.journal.max-group, -1",
    "scrip.journal.drain-timeout, PT0S",
    "scrip.limits.max-data-bytes, 65537",
    "scrip.limits.max-data-bytes, 0",
    "scrip.limits.max-batch-items, 10001",
    "scrip.limits.max-metadata-entries, 257",
    "scrip.limits.max-metadata-bytes, 0",
    "scrip.limits.max-label-length, 1025",
    "scrip.limits.max-templates, 0",
    "scrip.limits.max-draws, 1001",
    "scrip.limits.idempotency-ttl, PT0S",
    "scrip.limits.searches-per-minute, 0",
    "scrip.housekeeping.chunk, 0",
    "scrip.audit.checkpoint-events, 0",
    "scrip.audit.checkpoint-interval, PT0S",
    "scrip.auth.clock-skew, PT6M",
    "scrip.auth.max-token-bytes, 100",
    "scrip.auth.keys.refresh, PT0S",
    "scrip.auth.keys.outage-tolerance, PT1S",
    "scrip.auth.cache.max-age, PT2H",
    "scrip.keys.timeout, PT2M",
    "scrip.keys.max-opened-keys, 0"
  })
  void a_refused_value_names_its_key(String key, String value) {
    assertThatExceptionOfType(BeanInstantiationException.class)
        .isThrownBy(
            () ->
                CONFIGS.stream()
                    .filter(type -> key.startsWith(prefix(type) + "."))
                    .forEach(type -> ask(type, Map.of(key, value))))
        .havingRootCause()
        .isInstanceOf(StartRefused.class)
        .withMessageStartingWith(key + ": ");
  }

  static Stream<Class<?>> configs() {
    return CONFIGS.stream();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void no_default_is_refused(Class<?> type) {
    assertThat(ask(type, Map.of())).isNotEmpty();
  }

  private static void pinned(Class<?> type, String defaults) {
    assertThat(ask(type, Map.of())).isEqualTo(defaults);
  }

  private static String ask(Class<?> type, Map<String, Object> settings) {
    try (ApplicationContext context = new ConfigOnly(settings).start()) {
      return describe(context.getBean(type));
    }
  }

  private static String describe(Object config) {
    return Stream.of(config.getClass().getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
        .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
        .filter(method -> !List.of("toString", "hashCode").contains(method.getName()))
        .map(method -> method.getName() + "=" + call(config, method))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Object call(Object config, java.lang.reflect.Method method) {
    try {
      method.setAccessible(true);
      return method.invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String prefix(Class<?> type) {
    return type.getName().equals("io.scrip.store.StoreConfig")
        ? "scrip.store"
        : type.getAnnotation(io.micronaut.context.annotation.ConfigurationProperties.class).value();
  }

  private static Class<?> storeConfig() {
    try {
      return Class.forName("io.scrip.store.StoreConfig");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The configuration beans and none of the project's others; no file is read. */
  private static final class ConfigOnly extends DefaultApplicationContext {
    ConfigOnly(Map<String, Object> settings) {
      super(
          (ApplicationContextConfiguration)
              ApplicationContext.builder("config-only").enableDefaultPropertySources(false));
      getEnvironment().addPropertySource(PropertySource.of(settings));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the method it overrides
    protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
      return super.resolveBeanDefinitionReferences().stream()
          .filter(
              bean -> !bean.getName().startsWith("io.scrip.") || bean.getName().endsWith("Config"))
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }
}
