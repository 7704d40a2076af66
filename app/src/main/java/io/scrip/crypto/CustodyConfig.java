package io.scrip.crypto;

import io.micronaut.context.annotation.ConfigurationInject;
import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Who wraps keys from now on, under {@code scrip.keys}. Whoever else is configured still unwraps
 * what he wrapped, so that a change of this setting is a rotation and no outage.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code custody}<td>{@code files}, {@code pkcs11} or {@code transit}; {@code files}
 * </table>
 */
@ConfigurationProperties("scrip.keys")
public final class CustodyConfig {
  static final String CUSTODY = "scrip.keys.custody";

  private final CustodyKind custody;

  /** What is not set is null and takes its default. */
  @ConfigurationInject
  CustodyConfig(@Nullable CustodyKind custody) {
    this.custody = custody == null ? CustodyKind.FILES : custody;
  }

  public CustodyKind custody() {
    return custody;
  }
}
