package io.scrip.cli;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.scrip.auth.CallerVerifier;
import io.scrip.crypto.Custody;
import io.scrip.crypto.Roots;
import io.scrip.identity.Plane;

/**
 * Reads every setting, the roots, the custodian and the issuers before a database is touched: what
 * can be refused without one leaves nothing behind, and nothing waits for the first request to be
 * found wrong.
 */
@Context
@Requires(missingProperty = MigrateCommand.COMMAND)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BeforeStart {
  BeforeStart(BeanContext context, Environment environment) {
    new Settings(context, environment).check();
    context
        .getBeanDefinitions(Qualifiers.<Object>byStereotype(ConfigurationProperties.class))
        .stream()
        .filter(definition -> definition.getBeanType().getName().startsWith("io.scrip."))
        .forEach(context::getBean);
    context.getBean(Plane.class);
    context.getBean(CallerVerifier.class);
    context.getBean(Roots.class);
    context.getBean(Custody.class);
  }
}
