package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Plaintext;
import io.swagger.v3.oas.annotations.media.Schema;

/** The value that was sealed. */
@Serdeable
public record DecryptResponse(
    @Schema(requiredMode = REQUIRED, implementation = String.class) Plaintext data) {}
