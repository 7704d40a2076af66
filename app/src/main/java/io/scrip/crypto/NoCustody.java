package io.scrip.crypto;

/** What a write plane has: nobody who would unwrap a key for it, nor anything to be asked for. */
final class NoCustody implements Custody {
  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    throw none();
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    throw none();
  }

  @Override
  public String rootId() {
    return "none";
  }

  @Override
  public boolean covers(byte[] wrapped) {
    return false;
  }

  private static CryptoException none() {
    return new CryptoException.KeyServiceUnavailable("this plane has no custodian");
  }
}
