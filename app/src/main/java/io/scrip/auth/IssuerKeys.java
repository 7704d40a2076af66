package io.scrip.auth;

import java.time.Duration;
import java.util.Optional;

/** How it stands with the published keys of one issuer, for the operator. */
public interface IssuerKeys {
  /** The operator's word for the issuer, the one under {@code scrip.auth.issuers}. */
  String nick();

  /**
   * Time since the keys in use were fetched; empty before the first fetch, which a token causes.
   */
  Optional<Duration> age();

  /** Whether the last attempt to fetch them failed. */
  boolean isAway();

  /** At which age they are no longer trusted while the issuer is away. */
  Duration tolerance();
}
