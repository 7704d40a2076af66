package io.scrip.http;

import static io.scrip.http.ProblemType.DATA_TOO_LARGE;
import static io.scrip.http.ProblemType.LABEL_TOO_LONG;
import static io.scrip.http.ProblemType.LEASE_OUT_OF_BOUNDS;
import static io.scrip.http.ProblemType.SEARCH_BUDGET_EXHAUSTED;
import static io.scrip.http.ProblemType.TEMPLATE_NOT_SEARCHABLE;
import static io.scrip.http.ProblemType.TOKEN_NOT_FOUND;
import static io.scrip.http.ProblemType.UNKNOWN_TEMPLATE;
import static io.scrip.http.ProblemType.WRONG_PLANE;
import static io.scrip.policy.Permission.READ_TOKENS;
import static io.scrip.policy.Permission.RENEW_TOKENS;
import static io.scrip.policy.Permission.REVOKE_TOKENS;
import static io.scrip.policy.Permission.SEARCH_TOKENS;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Call;
import io.scrip.vault.Lookup;
import io.scrip.vault.Renewer;
import io.scrip.vault.Revoker;
import io.scrip.vault.Revoker.What;
import io.scrip.vault.Searcher;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What can be done with tokens besides giving and resolving them. */
@Tag(name = "Tokens")
@Controller("/v1/tokens")
final class TokensController {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final Lookup lookup;
  private final Searcher searcher;
  private final Renewer renewer;
  private final Revoker revoker;
  private final Requests requests;
  private final Limits limits;

  TokensController(
      Lookup lookup,
      Searcher searcher,
      Renewer renewer,
      Revoker revoker,
      Requests requests,
      Limits limits) {
    this.lookup = lookup;
    this.searcher = searcher;
    this.renewer = renewer;
    this.revoker = revoker;
    this.requests = requests;
    this.limits = limits;
  }

  @Post("/lookup")
  @Operation(summary = "Tells what is known of a token, but never its value")
  @ApiResponse(
      responseCode = "200",
      description = "What is known",
      content = @Content(schema = @Schema(implementation = TokenResponse.class)))
  @Needs(READ_TOKENS)
  @Fails({LABEL_TOO_LONG, TOKEN_NOT_FOUND, WRONG_PLANE})
  CompletableFuture<TokenResponse> lookup(
      @Verified Call call, @Body @TokensBodies.LookupBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of("token", "name"));
    return lookup.lookup(call, requests.ref(fields)).thenApply(TokenResponse::of);
  }

  @Post("/search")
  @Operation(summary = "Finds the tokens of a value, or those about a subject")
  @ApiResponse(
      responseCode = "200",
      description = "A page of tokens",
      content = @Content(schema = @Schema(implementation = SearchResponse.class)))
  @Needs(SEARCH_TOKENS)
  @Fails({
    UNKNOWN_TEMPLATE,
    TEMPLATE_NOT_SEARCHABLE,
    DATA_TOO_LARGE,
    LABEL_TOO_LONG,
    SEARCH_BUDGET_EXHAUSTED,
    WRONG_PLANE
  })
  CompletableFuture<SearchResponse> search(
      @Verified Call call, @Body @TokensBodies.SearchBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of("data", "template", "subject", "cursor", "limit"));
    return searcher
        .search(call, by(fields), cursor(fields), limit(fields))
        .thenApply(
            page ->
                new SearchResponse(
                    page.tokens().stream().map(TokenResponse::of).toList(),
                    page.next().map(UUID::toString)));
  }

  private Searcher.By by(JsonFields fields) {
    if (fields.has("data") == fields.has("subject")) {
      throw fields.invalid("data", "or subject has to be there, and not both");
    }
    if (fields.has("subject")) {
      return new Searcher.By.Subject(limits.label(fields, "subject", fields.text("subject")));
    }
    String template =
        requests
            .template(fields)
            .orElseThrow(() -> fields.invalid("template", "has to be there beside data"));
    return new Searcher.By.Value(limits.data(fields), template);
  }

  private static Optional<UUID> cursor(JsonFields fields) {
    return fields
        .findText("cursor")
        .map(
            text -> {
              try {
                return UUID.fromString(text);
              } catch (IllegalArgumentException _) {
                throw fields.invalid("cursor", "is none that a page gave");
              }
            });
  }

  private static int limit(JsonFields fields) {
    int limit = fields.findInt("limit").orElse(DEFAULT_PAGE);
    if (limit < 1 || limit > MAX_PAGE) {
      throw fields.invalid("limit", "has to be 1 to " + MAX_PAGE);
    }
    return limit;
  }

  @Post("/renew")
  @Operation(summary = "Gives a token a new lease from now on")
  @ApiResponse(
      responseCode = "200",
      description = "The token's lease",
      content = @Content(schema = @Schema(implementation = RenewResponse.class)))
  @Needs(RENEW_TOKENS)
  @Fails({LEASE_OUT_OF_BOUNDS, LABEL_TOO_LONG, TOKEN_NOT_FOUND})
  CompletableFuture<RenewResponse> renew(
      @Verified Call call, @Body @TokensBodies.RenewBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of("token", "name", "ttl"));
    return renewer
        .renew(call, requests.ref(fields), fields.findDuration("ttl"))
        .thenApply(
            lease -> new RenewResponse(lease.template(), lease.createdAt(), lease.expiresAt()));
  }

  @Post("/revoke")
  @Operation(summary = "Ends tokens at once, whatever their number")
  @ApiResponse(
      responseCode = "200",
      description = "How many were ended",
      content = @Content(schema = @Schema(implementation = RevokeResponse.class)))
  @Needs(REVOKE_TOKENS)
  @Fails(LABEL_TOO_LONG)
  CompletableFuture<RevokeResponse> revoke(
      @Verified Call call, @Body @TokensBodies.RevokeBody JsonBody body) {
    return revoker.revoke(call, what(body.root())).thenApply(RevokeResponse::new);
  }

  private What what(JsonFields fields) {
    fields.only(Set.of("token", "name", "subject", "createdBy", "template", "revealedTo", "since"));
    List<String> targets =
        List.of("token", "name", "subject", "createdBy", "template", "revealedTo").stream()
            .filter(fields::has)
            .toList();
    if (targets.size() != 1) {
      throw new RequestException(
          ProblemType.INVALID_REQUEST,
          "Name one of token, name, subject, createdBy, template, or revealedTo with since.");
    }
    if (fields.has("since") != fields.has("revealedTo")) {
      throw fields.invalid("since", "belongs beside revealedTo, and has to be there");
    }
    return switch (targets.getFirst()) {
      case "subject" -> new What.OfSubject(limits.label(fields, "subject", fields.text("subject")));
      case "createdBy" ->
          new What.CreatedBy(limits.actor(fields, "createdBy", fields.text("createdBy")));
      case "template" -> new What.OfTemplate(requests.template(fields).orElseThrow());
      case "revealedTo" ->
          new What.RevealedTo(
              limits.actor(fields, "revealedTo", fields.text("revealedTo")),
              fields.findInstant("since").orElseThrow());
      default -> new What.One(requests.ref(fields));
    };
  }

  /**
   * @param next the cursor of the next page; left out on the last
   */
  @Serdeable
  public record SearchResponse(
      @Schema(requiredMode = REQUIRED) List<TokenResponse> tokens,
      @Schema(requiredMode = NOT_REQUIRED) Optional<String> next) {}

  /** A token's new lease. */
  @Serdeable
  public record RenewResponse(
      @Schema(requiredMode = REQUIRED) String template,
      @Schema(requiredMode = REQUIRED) Instant createdAt,
      @Schema(requiredMode = NOT_REQUIRED) Optional<Instant> expiresAt) {}

  /**
   * @param revoked how many tokens that were live are no longer
   */
  @Serdeable
  public record RevokeResponse(@Schema(requiredMode = REQUIRED) long revoked) {}
}
