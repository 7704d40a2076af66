package io.scrip.identity;

/**
 * Who acts, as the verified token says.
 *
 * @param issuer the token's {@code iss}
 * @param subject the token's {@code sub}
 * @param client the token's {@code azp} or {@code client_id}; the subject where it has neither
 */
public record Actor(String issuer, String subject, String client) {}
