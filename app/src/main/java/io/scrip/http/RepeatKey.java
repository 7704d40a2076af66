package io.scrip.http;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The header that makes a call safe to send again. */
@Documented
@Parameter(
    required = false,
    description =
        "Names a call that may be sent again: the same key and body give the same tokens, made once. Another body with the"
            + " same key is refused. 1 to 255 visible ASCII characters.",
    schema = @Schema(type = "string", minLength = 1, maxLength = 255, pattern = "^[!-~]+$"),
    example = "order-7731/attempt")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface RepeatKey {}
