/**
 * The API: controllers, request and response records, problem documents. Called by the gateway. It
 * verifies who calls, reads strictly, and puts every failure into RFC 9457 form; it decides nothing
 * that the vault decides.
 */
@NullMarked
package io.scrip.http;

import org.jspecify.annotations.NullMarked;
