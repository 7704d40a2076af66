package io.scrip.issuer;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /oauth/token} for machines: the client credentials grant of RFC 6749, section 4.4,
 * with Auth0's answers.
 */
@Hidden
@InDevelopment
@Controller(value = "/oauth/token", port = "${scrip.issuer.port:8082}")
final class TokenEndpoint {
  private final StandInConfig config;
  private final Clients clients;
  private final TokenMint mint;

  TokenEndpoint(StandInConfig config, Clients clients, TokenMint mint) {
    this.config = config;
    this.clients = clients;
    this.mint = mint;
  }

  @Post
  @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.APPLICATION_JSON})
  MutableHttpResponse<AccessToken> token(HttpRequest<?> http, @Body @Nullable String body) {
    boolean json =
        http.getContentType().filter(MediaType.APPLICATION_JSON_TYPE::matches).isPresent();
    Optional<String> authorization =
        Optional.ofNullable(http.getHeaders().get(HttpHeaders.AUTHORIZATION));
    TokenRequest request = TokenRequest.read(json, body == null ? "" : body, authorization);
    requireGrantType(request);
    ClientConfig client = authenticated(request);
    requireAudience(request);
    List<String> scopes = granted(client, request);
    return Headers.safe(HttpResponse.ok(answer(client, scopes)));
  }

  @Error
  MutableHttpResponse<ErrorBody> refused(TokenError error) {
    return Headers.safe(
        HttpResponse.<ErrorBody>status(error.status(), error.error())
            .body(new ErrorBody(error.error(), error.description())));
  }

  private static void requireGrantType(TokenRequest request) {
    String grantType =
        request
            .find("grant_type")
            .orElseThrow(() -> TokenError.invalidRequest("Missing required parameter: grant_type"));
    if (!grantType.equals("client_credentials")) {
      throw TokenError.unsupportedGrantType(grantType);
    }
  }

  private ClientConfig authenticated(TokenRequest request) {
    String id = request.find("client_id").orElseThrow(TokenError::unauthorized);
    String secret = request.find("client_secret").orElseThrow(TokenError::unauthorized);
    return clients.find(id, secret).orElseThrow(TokenError::unauthorized);
  }

  /** Left out, it is this one API, as with a tenant's default audience. */
  private void requireAudience(TokenRequest request) {
    request
        .find("audience")
        .filter(audience -> !audience.equals(config.audience()))
        .ifPresent(
            audience -> {
              throw TokenError.unknownAudience(audience);
            });
  }

  /** Everything that was granted, or the part of it that is asked for; never more. */
  private static List<String> granted(ClientConfig client, TokenRequest request) {
    List<String> all = words(client.scope());
    List<String> asked = request.find("scope").map(TokenEndpoint::words).orElse(all);
    List<String> excess = asked.stream().filter(scope -> !all.contains(scope)).toList();
    if (!excess.isEmpty()) {
      throw TokenError.scopesNotGranted(String.join(" ", excess));
    }
    return asked;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).distinct().toList();
  }

  private AccessToken answer(ClientConfig client, List<String> scopes) {
    Optional<String> scope = Optional.of(String.join(" ", scopes)).filter(text -> !text.isEmpty());
    return new AccessToken(
        mint.mint(client, scopes), scope, client.expiresIn().toSeconds(), "Bearer");
  }
}
