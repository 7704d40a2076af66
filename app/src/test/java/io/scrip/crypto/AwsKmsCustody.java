package io.scrip.crypto;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.CryptoException.WillNotOpen;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * How the key service of a cloud comes behind the port, with AWS KMS as the example;
 * app/docs/custody.md walks through it. It is a sketch that runs: {@link AwsKmsCustodyTest} puts it
 * through the contract, with {@link Kms} where the maker's SDK would be.
 *
 * <p>Layout: kind (1 byte), size of the key's ARN (1), ARN, the service's CiphertextBlob.
 */
final class AwsKmsCustody implements Custody {
  /** What {@code CustodyKind.AWS_KMS(4)} would be. */
  static final byte ENVELOPE = 4;

  private static final String CONTEXT = "scrip";

  private final Kms kms;
  private final String keyArn;
  private final Set<String> olderKeyArns;

  AwsKmsCustody(Kms kms, String keyArn, Set<String> olderKeyArns) {
    this.kms = kms;
    this.keyArn = keyArn;
    this.olderKeyArns = Set.copyOf(olderKeyArns);
  }

  /**
   * The two calls that are needed, as the SDK has them in {@code KmsClient}: each with {@code
   * KeyId} and {@code EncryptionContext}, which the service binds and writes to its own log.
   */
  interface Kms {
    byte[] encrypt(String keyId, byte[] plaintext, Map<String, String> encryptionContext)
        throws KmsFailure;

    byte[] decrypt(String keyId, byte[] ciphertextBlob, Map<String, String> encryptionContext)
        throws KmsFailure;
  }

  /** The SDK's {@code KmsException}, with the {@code errorCode} of its {@code awsErrorDetails}. */
  static final class KmsFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final String errorCode;

    KmsFailure(String errorCode) {
      super(errorCode);
      this.errorCode = errorCode;
    }
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    try {
      byte[] blob = kms.encrypt(keyArn, key, context(associatedData));
      byte[] arn = keyArn.getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.allocate(2 + arn.length + blob.length)
          .put(ENVELOPE)
          .put((byte) arn.length)
          .put(arn)
          .put(blob)
          .array();
    } catch (KmsFailure e) {
      throw away(e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    String arn = arn(wrapped);
    if (!arn.equals(keyArn) && !olderKeyArns.contains(arn)) {
      throw new WillNotOpen(); // who writes the table does not choose which key is asked
    }
    byte[] blob = Arrays.copyOfRange(wrapped, 2 + arn.length(), wrapped.length);
    try {
      return kms.decrypt(arn, blob, context(associatedData));
    } catch (KmsFailure e) {
      throw switch (e.errorCode) {
        case "InvalidCiphertextException", "IncorrectKeyException" -> new WillNotOpen();
        default -> away(e); // throttled, denied, disabled, deleted: it is not the envelope's fault
      };
    }
  }

  @Override
  public String rootId() {
    return keyArn;
  }

  @Override
  public boolean covers(byte[] wrapped) {
    try {
      return arn(wrapped).equals(keyArn);
    } catch (WillNotOpen e) {
      return false;
    }
  }

  private static String arn(byte[] wrapped) {
    if (wrapped.length < 2
        || wrapped[0] != ENVELOPE
        || wrapped.length <= 2 + Byte.toUnsignedInt(wrapped[1])) {
      throw new WillNotOpen();
    }
    return new String(wrapped, 2, Byte.toUnsignedInt(wrapped[1]), StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> context(byte[] associatedData) {
    return Map.of(CONTEXT, Base64.getEncoder().encodeToString(associatedData));
  }

  private static KeyServiceUnavailable away(KmsFailure e) {
    return new KeyServiceUnavailable("the key service answered " + e.errorCode);
  }

  @Override
  public String toString() {
    return "AwsKmsCustody[" + keyArn + "]";
  }
}
