package io.scrip.issuer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Property;
import io.scrip.identity.StartRefused;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The stand-in issuer.
 *
 * @param port where it listens, 8082 by default
 * @param url its own address, the {@code iss} of its tokens; {@code http://127.0.0.1:<port>/} by
 *     default, with the slash at the end as Auth0 has it
 * @param audience the one API it issues tokens for, {@code https://api.scrip.local} by default
 * @param keyFile its signing key, made on the first start and kept, so that tokens survive a
 *     restart; {@code data/dev-issuer.jwk} by default
 */
@ConfigurationProperties("scrip.issuer")
@InDevelopment
record StandInConfig(
    @Property(name = "scrip.issuer.port", defaultValue = "8082") int port,
    @Property(name = "scrip.issuer.url") Optional<String> url,
    @Property(name = "scrip.issuer.audience", defaultValue = "https://api.scrip.local")
        String audience,
    @Property(name = "scrip.issuer.key-file", defaultValue = "data/dev-issuer.jwk") Path keyFile) {

  StandInConfig {
    if (url.filter(text -> !text.endsWith("/")).isPresent()) {
      throw new StartRefused("scrip.issuer.url", "has to end in a slash, as Auth0's issuers do");
    }
  }

  /** The {@code iss} of its tokens, with the slash at the end. */
  String issuer() {
    return url.orElse("http://127.0.0.1:" + port + "/");
  }
}
