package io.scrip.cli;

import io.scrip.auth.BoundedClient;
import io.scrip.auth.SafeUri;
import io.scrip.gateway.TenantJwks;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whose keys. */
final class TenantOptions {
  @ArgGroup(multiplicity = "1")
  private Place place = new Place();

  @Option(
      names = "--jwks-ca-file",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust for the tenant instead of the usual ones.")
  private @Nullable Path caFile;

  /** One of the two. */
  static final class Place {
    @Option(
        names = "--issuer",
        paramLabel = "URL",
        description = "The tenant: https://tenant.example.auth0.com/")
    private @Nullable String issuer;

    @Option(
        names = "--jwks",
        paramLabel = "URL",
        description = "Its keys, where they are not at .well-known/jwks.json of the issuer.")
    private @Nullable String jwks;
  }

  /**
   * @throws StartRefused when anybody on the way could put in his own keys
   */
  TenantJwks jwks(BoundedClient.Limits limits) {
    return new TenantJwks(uri(), Optional.ofNullable(caFile), limits);
  }

  private URI uri() {
    if (place.jwks != null) {
      return checked("--jwks", place.jwks);
    }
    String issuer = String.valueOf(place.issuer);
    URI uri = checked("--issuer", issuer.endsWith("/") ? issuer : issuer + "/");
    if (uri.getRawQuery() != null) {
      throw new StartRefused("--issuer", "has a query; name its keys with --jwks");
    }
    return uri.resolve(".well-known/jwks.json");
  }

  private static URI checked(String option, String text) {
    URI uri = SafeUri.parse(option, text);
    SafeUri.require(option, uri, Stage.PRODUCTION);
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new StartRefused(option, "takes no user and no fragment");
    }
    return uri;
  }
}
