package io.scrip.cli;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.scrip.auth.CallerVerifier;
import io.scrip.crypto.Roots;
import jakarta.inject.Singleton;

/**
 * Reads every setting, both roots and the issuers before a database is touched: what can be refused
 * without one leaves nothing behind, and nothing waits for the first request to be found wrong.
 */
@Singleton
@Requires(missingProperty = MigrateCommand.COMMAND)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BeforeStart implements BeanCreatedEventListener<DatasourceConfiguration>, Ordered {
  private static final String OURS = "io.scrip.";

  private final BeanContext context;

  BeforeStart(BeanContext context) {
    this.context = context;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    context
        .getBeanDefinitions(Qualifiers.<Object>byStereotype(ConfigurationProperties.class))
        .stream()
        .filter(definition -> definition.getBeanType().getName().startsWith(OURS))
        .forEach(context::getBean);
    context.getBean(CallerVerifier.class);
    context.getBean(Roots.class);
    return event.getBean();
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
