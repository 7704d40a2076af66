package io.scrip.http;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Answers with lines of the audit trail. */
@Documented
@ApiResponse(
    responseCode = "200",
    description =
        "One JSON object per line; its `type` is `event`, `sealed`, `checkpoint`, `selection` or `end`. The lines of a whole"
            + " export prove themselves: `scrip audit verify` checks them offline.",
    content =
        @Content(mediaType = NdJson.MEDIA_TYPE, schema = @Schema(implementation = String.class)))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AuditLines {}
