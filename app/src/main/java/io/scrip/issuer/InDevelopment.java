package io.scrip.issuer;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Exists in environment {@code dev} only, and there unless {@code scrip.issuer.enabled} is false.
 */
@Requires(env = "dev")
@Requires(property = "scrip.issuer.enabled", notEquals = "false")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface InDevelopment {}
