package io.scrip.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key bytes that can be wiped, which {@code SecretKeySpec} cannot. Once wiped it refuses to be
 * used, so that nothing is ever sealed under a key of zeros, nor under one that is half wiped.
 *
 * <p>The JDK's ciphers keep a key schedule of their own that no one can wipe; whoever wipes a key
 * drops its ciphers too.
 */
final class SecretBytes implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final String algorithm;
  private final transient byte[] bytes;
  private volatile boolean wiped;

  /** Takes over the array, which the caller no longer touches. */
  SecretBytes(String algorithm, byte[] bytes) {
    this.algorithm = algorithm;
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /**
   * @return a copy, which the caller wipes
   */
  @Override
  public synchronized byte[] getEncoded() {
    if (wiped) {
      throw new IllegalStateException("the key is wiped");
    }
    return bytes.clone();
  }

  synchronized void wipe() {
    wiped = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public void destroy() {
    wipe();
  }

  @Override
  public boolean isDestroyed() {
    return wiped;
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a key is never serialized");
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
