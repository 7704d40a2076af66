package io.scrip.issuer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/** An error, as Auth0 answers: RFC 6749, section 5.2. */
@Serdeable
record ErrorBody(
    @JsonProperty("error") String error, @JsonProperty("error_description") String description) {}
