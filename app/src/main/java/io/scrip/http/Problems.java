package io.scrip.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.scrip.auth.AuthException;
import io.scrip.crypto.CryptoException;
import io.scrip.format.FormatException;
import io.scrip.journal.JournalException;
import io.scrip.journal.LedgerException;
import io.scrip.lease.LeaseException;
import io.scrip.policy.Decision;
import io.scrip.vault.RefusalListener;
import io.scrip.vault.VaultException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place that knows both a failure and what a caller is told of it. */
final class Problems {
  static final MediaType PROBLEM_JSON = MediaType.of("application/problem+json");

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String SOON = "1";

  private Problems() {}

  static MutableHttpResponse<Problem> response(Throwable failure) {
    return response(failure, of(failure));
  }

  static MutableHttpResponse<Problem> response(Problem problem) {
    return HttpResponse.<Problem>status(HttpStatus.valueOf(problem.status()))
        .contentType(PROBLEM_JSON)
        .body(problem);
  }

  private static MutableHttpResponse<Problem> response(Throwable failure, Problem problem) {
    MutableHttpResponse<Problem> response = response(problem);
    if (problem.status() == HttpStatus.UNAUTHORIZED.getCode()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }
    retryAfter(failure, problem).ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, wait));
    return response;
  }

  private static Optional<String> retryAfter(Throwable failure, Problem problem) {
    if (failure instanceof VaultException.SearchBudgetExhausted budget) {
      return Optional.of(Long.toString(budget.retryAfter().toSeconds()));
    }
    return problem.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
        ? Optional.of(SOON)
        : Optional.empty();
  }

  static Problem of(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case RequestException unreadable -> unreadable.problem();
      case VaultException refused -> of(refused);
      case AuthException refused -> of(refused);
      case FormatException refused -> of(refused);
      case LeaseException refused -> problem(ProblemType.LEASE_OUT_OF_BOUNDS, refused.getMessage());
      case JournalException unwritten -> of(unwritten);
      case LedgerException _ ->
          problem(ProblemType.STORE_UNAVAILABLE, "Nothing has happened. Try again in a moment.");
      case CryptoException.KeyServiceUnavailable _ ->
          problem(
              ProblemType.KEYS_UNAVAILABLE,
              "The service's own keys cannot be opened just now. Try again in a moment.");
      default -> incident(failure);
    };
  }

  /** Why a token was not accepted; the metric's word for all else. */
  static String reason(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          reason(wrapped.getCause());
      case AuthException.InvalidToken invalid -> invalid.reason();
      default -> RefusalListener.NO_REASON;
    };
  }

  private static Problem of(VaultException refused) {
    return switch (refused) {
      case VaultException.AccessDenied denied ->
          problem(ProblemType.ACCESS_DENIED, detail(denied.reason()));
      case VaultException.WrongPlane _ ->
          problem(
              ProblemType.WRONG_PLANE,
              "Nothing has happened. Send the call to the instances that do this kind of work.");
      case VaultException.TokenNotFound _ ->
          problem(ProblemType.TOKEN_NOT_FOUND, "It may be unknown, expired, revoked or mistyped.");
      case VaultException.CiphertextNotOpened _ ->
          problem(
              ProblemType.CIPHERTEXT_NOT_OPENED,
              "It may be changed, cut, another tenant's, bound to another context, or none at all.");
      case VaultException.NameTaken _ ->
          problem(
              ProblemType.NAME_TAKEN, "Choose another name, or revoke the token that bears it.");
      case VaultException.TokenSpaceExhausted _ ->
          problem(
              ProblemType.TOKEN_SPACE_EXHAUSTED,
              "Every draw met a token that exists. Use a template with a larger space.");
      case VaultException.IdempotencyMismatch _ ->
          problem(
              ProblemType.IDEMPOTENCY_MISMATCH,
              "Send a new key with a new body, or the same body again.");
      case VaultException.TemplateNotFound _ ->
          problem(ProblemType.TEMPLATE_NOT_FOUND, "GET /v1/templates lists them.");
      case VaultException.UnknownTemplate _ ->
          problem(ProblemType.UNKNOWN_TEMPLATE, "GET /v1/templates lists them.");
      case VaultException.SubjectMissing _ ->
          problem(
              ProblemType.SUBJECT_MISSING,
              "The template is erasable: say whom the value is about, so that it can be erased.");
      case VaultException.TemplateNotSearchable _ ->
          problem(
              ProblemType.TEMPLATE_NOT_SEARCHABLE,
              "Its rows keep no trace of the value. Tokens of a template that is searchable or convergent do.");
      case VaultException.TemplateBuiltIn _ ->
          problem(ProblemType.TEMPLATE_BUILT_IN, "Choose another name.");
      case VaultException.TemplateInvalid invalid ->
          problem(ProblemType.TEMPLATE_INVALID, invalid.getMessage());
      case VaultException.TemplateSpaceTooSmall _ ->
          problem(
              ProblemType.TEMPLATE_SPACE_TOO_SMALL,
              "Some data would have fewer than a million tokens. Keep less, or say allowSmallSpace.");
      case VaultException.LimitExceeded exceeded ->
          problem(type(exceeded.limit()), exceeded.getMessage());
      case VaultException.SearchBudgetExhausted _ ->
          problem(
              ProblemType.SEARCH_BUDGET_EXHAUSTED,
              "Searches are rationed per caller. Try again in a minute.");
      case VaultException.RekeyRunning _ ->
          problem(ProblemType.REKEY_RUNNING, "GET /v1/keys/jobs tells how far it has come.");
      case VaultException.UnknownKey _ ->
          problem(ProblemType.KEY_NOT_FOUND, "GET /v1/keys lists those that there are.");
      case VaultException.UnknownJob _ ->
          problem(ProblemType.JOB_NOT_FOUND, "GET /v1/keys/jobs lists the latest.");
      case VaultException.KeyNeeded needed ->
          problem(
              ProblemType.KEY_NEEDED,
              needed.needs() == 0
                  ? "It is in force. Rotate it first."
                  : "Still needed by "
                      + needed.needs()
                      + ". Run a re-key job; repeatable calls need their digest key until they expire.");
      case VaultException.IntegrityViolated violated -> {
        LOG.error(
            "A stored row does not verify: someone or something has changed it. The audit trail names its token.",
            violated);
        yield problem(
            ProblemType.INTEGRITY_VIOLATED, "Nothing of it is given out. Tell the operator.");
      }
    };
  }

  private static String detail(Decision.Reason reason) {
    return switch (reason) {
      case PERMISSION_MISSING -> "The access token lacks this call's permission.";
      case MASKED_ONLY -> "The access token permits the masked view only.";
      case TEMPLATE_PERMISSION_MISSING ->
          "The template asks for a permission that the access token lacks.";
    };
  }

  private static ProblemType type(VaultException.Limit limit) {
    return switch (limit) {
      case DATA_SIZE -> ProblemType.DATA_TOO_LARGE;
      case BATCH_SIZE -> ProblemType.BATCH_TOO_LARGE;
      case METADATA -> ProblemType.METADATA_TOO_LARGE;
      case CONTEXT -> ProblemType.CONTEXT_TOO_LARGE;
      case LABEL_LENGTH -> ProblemType.LABEL_TOO_LONG;
      case TEMPLATE_COUNT -> ProblemType.TEMPLATE_COUNT;
    };
  }

  private static Problem of(AuthException refused) {
    return switch (refused) {
      case AuthException.InvalidToken invalid ->
          problem(ProblemType.UNAUTHORIZED, invalid.getMessage());
      case AuthException.KeysUnavailable _ ->
          problem(
              ProblemType.KEYS_UNAVAILABLE,
              "The issuer's keys cannot be fetched, so no token can be verified. Try again in a moment.");
    };
  }

  private static Problem of(FormatException refused) {
    return switch (refused) {
      case FormatException.DataDoesNotFit unfit ->
          problem(ProblemType.DATA_DOES_NOT_FIT, unfit.getMessage());
      case FormatException.BadOption bad ->
          problem(ProblemType.TEMPLATE_INVALID, bad.getMessage())
              .at("options." + JsonFields.repeatable(bad.option()));
    };
  }

  private static Problem of(JournalException unwritten) {
    return switch (unwritten) {
      case JournalException.Overloaded _ ->
          problem(ProblemType.OVERLOADED, "Nothing has happened. Try again in a moment.");
      case JournalException.Closed _ ->
          problem(
              ProblemType.STOPPING,
              "Nothing has happened. Try again: another instance will answer.");
      case JournalException.NotWritten _ ->
          problem(ProblemType.STORE_UNAVAILABLE, "Nothing has happened. Try again in a moment.");
      case JournalException.OutcomeUnknown _ ->
          problem(
              ProblemType.OUTCOME_UNKNOWN,
              "It may or may not have happened. With an Idempotency-Key the call can be sent again safely.");
    };
  }

  private static Problem problem(
      ProblemType type, @org.jspecify.annotations.Nullable String detail) {
    return Problem.of(type, detail == null ? type.title() + "." : detail);
  }

  /**
   * What nobody foresaw. Messages of unforeseen exceptions may hold anything, so only types and
   * places are logged.
   */
  private static Problem incident(Throwable failure) {
    String id = UUID.randomUUID().toString();
    LOG.error("Incident {}: {}", id, trace(failure));
    return problem(ProblemType.INTERNAL, "Tell the operator the incident's number.")
        .withIncident(id);
  }

  private static String trace(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause.getClass().getName());
      for (StackTraceElement frame : cause.getStackTrace()) {
        text.append("\n  at ").append(frame);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
