package io.scrip.audit;

/** Signs heads of the trail with Ed25519, RFC 8032. The key belongs to the trail alone. */
public interface Signer {
  /** Names the key, in up to 128 characters of {@code A-Z a-z 0-9 . _ : -}. */
  String keyId();

  /** The signature: 64 bytes. */
  byte[] sign(byte[] message);
}
