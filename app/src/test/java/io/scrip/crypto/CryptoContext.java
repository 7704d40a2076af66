package io.scrip.crypto;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.inject.BeanDefinitionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A context with the beans of this package and none of the project's others. */
final class CryptoContext extends DefaultApplicationContext {
  private static final String PROJECT = "io.scrip.";
  private static final String HERE = CryptoContext.class.getPackageName() + ".";

  CryptoContext(Map<String, Object> settings) {
    super((ApplicationContextConfiguration) ApplicationContext.builder("crypto-only"));
    getEnvironment().addPropertySource(PropertySource.of(settings));
  }

  @Override
  @SuppressWarnings("rawtypes") // as the method it overrides
  protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
    return super.resolveBeanDefinitionReferences().stream()
        .filter(bean -> !bean.getName().startsWith(PROJECT) || bean.getName().startsWith(HERE))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
