/**
 * Who calls: bearer tokens of the configured issuers, verified with their published keys. The HTTP
 * edge calls it once per request. It decides identity only, never permission, and never trusts
 * anything but a verified token.
 */
@NullMarked
package io.scrip.auth;

import org.jspecify.annotations.NullMarked;
