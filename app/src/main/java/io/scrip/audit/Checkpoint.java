package io.scrip.audit;

import java.time.Instant;

/**
 * A signed statement that a chain had this head at this length.
 *
 * @param sequence of the event that is the head
 * @param head its hash
 * @param keyId names the signing key
 * @param signature Ed25519, RFC 8032
 */
public record Checkpoint(
    String chain, long sequence, Instant at, byte[] head, String keyId, byte[] signature) {}
