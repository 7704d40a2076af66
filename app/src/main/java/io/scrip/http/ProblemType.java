package io.scrip.http;

import io.micronaut.http.HttpStatus;

/**
 * Every kind of problem that the API answers with. Its {@link #uri()} is stable; {@code
 * app/docs/problems/} has a page for each.
 */
enum ProblemType {
  MALFORMED_JSON(
      "malformed-json", HttpStatus.BAD_REQUEST, "The body is not the JSON that was asked for"),
  DUPLICATE_FIELD("duplicate-field", HttpStatus.BAD_REQUEST, "A JSON field stands twice"),
  UNKNOWN_FIELD("unknown-field", HttpStatus.BAD_REQUEST, "A JSON field is not known"),
  INVALID_FIELD(
      "invalid-field", HttpStatus.BAD_REQUEST, "A field has not the value that was asked for"),
  INVALID_REQUEST(
      "invalid-request", HttpStatus.BAD_REQUEST, "The request is not what was asked for"),
  DATA_DOES_NOT_FIT(
      "data-does-not-fit", HttpStatus.BAD_REQUEST, "The data does not fit the template"),
  UNKNOWN_TEMPLATE("unknown-template", HttpStatus.BAD_REQUEST, "The template is not known"),
  SUBJECT_MISSING(
      "subject-missing", HttpStatus.BAD_REQUEST, "The template's values need a subject"),
  TEMPLATE_NOT_SEARCHABLE(
      "template-not-searchable",
      HttpStatus.BAD_REQUEST,
      "The template's tokens are not found by their value"),
  TEMPLATE_INVALID(
      "template-invalid", HttpStatus.BAD_REQUEST, "The template contradicts itself or a bound"),
  TEMPLATE_SPACE_TOO_SMALL(
      "template-space-too-small", HttpStatus.BAD_REQUEST, "The template has too few tokens"),
  LEASE_OUT_OF_BOUNDS(
      "lease-out-of-bounds", HttpStatus.BAD_REQUEST, "The time to live is too short or too long"),
  DATA_TOO_LARGE("data-too-large", HttpStatus.BAD_REQUEST, "The data is too large"),
  BATCH_TOO_LARGE("batch-too-large", HttpStatus.BAD_REQUEST, "The batch has too many items"),
  METADATA_TOO_LARGE("metadata-too-large", HttpStatus.BAD_REQUEST, "There is too much metadata"),
  CONTEXT_TOO_LARGE("context-too-large", HttpStatus.BAD_REQUEST, "There is too much context"),
  LABEL_TOO_LONG("label-too-long", HttpStatus.BAD_REQUEST, "A name or subject is too long"),
  UNAUTHORIZED("unauthorized", HttpStatus.UNAUTHORIZED, "No valid access token"),
  ACCESS_DENIED("access-denied", HttpStatus.FORBIDDEN, "The access token does not permit this"),
  NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing at this address"),
  TOKEN_NOT_FOUND("token-not-found", HttpStatus.NOT_FOUND, "No value answers to this token"),
  TEMPLATE_NOT_FOUND(
      "template-not-found", HttpStatus.NOT_FOUND, "The tenant has no template of this name"),
  KEY_NOT_FOUND("key-not-found", HttpStatus.NOT_FOUND, "There is no such version of this key"),
  JOB_NOT_FOUND("job-not-found", HttpStatus.NOT_FOUND, "There is no such re-key job"),
  METHOD_NOT_ALLOWED(
      "method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "The address has no such method"),
  NOT_ACCEPTABLE(
      "not-acceptable", HttpStatus.NOT_ACCEPTABLE, "No answer of the accepted type can be given"),
  NAME_TAKEN("name-taken", HttpStatus.CONFLICT, "Another token of this tenant bears the name"),
  TOKEN_SPACE_EXHAUSTED("token-space-exhausted", HttpStatus.CONFLICT, "No free token was found"),
  TEMPLATE_BUILT_IN(
      "template-built-in", HttpStatus.CONFLICT, "A built-in template cannot be changed"),
  REKEY_RUNNING("rekey-running", HttpStatus.CONFLICT, "A re-key job is running"),
  KEY_NEEDED("key-needed", HttpStatus.CONFLICT, "The key is in force, or something needs it"),
  TEMPLATE_COUNT(
      "too-many-templates", HttpStatus.CONFLICT, "The tenant has as many templates as it may"),
  BODY_TOO_LARGE("body-too-large", HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not JSON in UTF-8"),
  CIPHERTEXT_NOT_OPENED(
      "ciphertext-not-opened", HttpStatus.UNPROCESSABLE_ENTITY, "The ciphertext does not open"),
  WRONG_PLANE(
      "wrong-plane", HttpStatus.MISDIRECTED_REQUEST, "This instance does not do this kind of work"),
  IDEMPOTENCY_MISMATCH(
      "idempotency-mismatch",
      HttpStatus.UNPROCESSABLE_ENTITY,
      "The idempotency key stands for another body"),
  SEARCH_BUDGET_EXHAUSTED(
      "search-budget-exhausted", HttpStatus.TOO_MANY_REQUESTS, "The search budget is used up"),
  HEADERS_TOO_LARGE(
      "headers-too-large",
      HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
      "The request's headers are too large"),
  INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR, "Something failed that should not"),
  INTEGRITY_VIOLATED(
      "integrity-violated", HttpStatus.INTERNAL_SERVER_ERROR, "A stored row does not verify"),
  OVERLOADED("overloaded", HttpStatus.SERVICE_UNAVAILABLE, "Too many requests wait already"),
  STOPPING("stopping", HttpStatus.SERVICE_UNAVAILABLE, "This instance is stopping"),
  STORE_UNAVAILABLE(
      "store-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The store cannot be written"),
  OUTCOME_UNKNOWN(
      "outcome-unknown",
      HttpStatus.SERVICE_UNAVAILABLE,
      "The connection to the store broke while committing"),
  KEYS_UNAVAILABLE(
      "keys-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The keys cannot be reached");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  ProblemType(String slug, HttpStatus status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  String slug() {
    return slug;
  }

  String uri() {
    return "urn:scrip:problem:" + slug;
  }

  HttpStatus status() {
    return status;
  }

  String title() {
    return title;
  }
}
