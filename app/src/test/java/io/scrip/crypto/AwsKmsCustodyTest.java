package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.AwsKmsCustody.Kms;
import io.scrip.crypto.AwsKmsCustody.KmsFailure;
import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsKmsCustodyTest extends CustodyContract {
  private static final String FIRST = "arn:aws:kms:eu-central-1:111122223333:key/first";
  private static final String SECOND = "arn:aws:kms:eu-central-1:111122223333:key/second";

  private final KmsInMemory kms = new KmsInMemory();

  @Override
  CustodyKind kind() {
    throw new UnsupportedOperationException("it has none yet");
  }

  @Override
  byte envelope() {
    return AwsKmsCustody.ENVELOPE;
  }

  @Override
  boolean isOneOfSeveral() {
    return false;
  }

  @Override
  Custody custody() {
    return new AwsKmsCustody(kms, FIRST, Set.of());
  }

  @Override
  Custody rotated() {
    return new AwsKmsCustody(kms, SECOND, Set.of(FIRST));
  }

  @Override
  Custody stranger() {
    return new AwsKmsCustody(kms, SECOND, Set.of());
  }

  @Test
  void a_service_that_refuses_is_a_service_that_is_away() {
    byte[] wrapped = custody().wrap(KEY, BOUND);
    Kms denies =
        new Kms() {
          @Override
          public byte[] encrypt(String keyId, byte[] plaintext, Map<String, String> context)
              throws KmsFailure {
            throw new KmsFailure("ThrottlingException");
          }

          @Override
          public byte[] decrypt(String keyId, byte[] blob, Map<String, String> context)
              throws KmsFailure {
            throw new KmsFailure("AccessDeniedException");
          }
        };
    var denied = new AwsKmsCustody(denies, FIRST, Set.of());
    assertThatThrownBy(() -> denied.wrap(KEY, BOUND))
        .isExactlyInstanceOf(KeyServiceUnavailable.class);
    assertThatThrownBy(() -> denied.unwrap(wrapped, BOUND))
        .isExactlyInstanceOf(KeyServiceUnavailable.class);
  }

  /** Behaves as the service's API reference says of Encrypt and Decrypt under a symmetric key. */
  private static final class KmsInMemory implements Kms {
    private final Map<String, FileCustody> keys = new HashMap<>();

    private FileCustody key(String keyId) {
      return keys.computeIfAbsent(
          keyId, none -> new FileCustody(RootKey.random(RootKind.SEAL, RANDOM), RANDOM));
    }

    @Override
    public byte[] encrypt(String keyId, byte[] plaintext, Map<String, String> context) {
      return key(keyId).wrap(plaintext, TestKeys.bytes(context.toString()));
    }

    @Override
    public byte[] decrypt(String keyId, byte[] blob, Map<String, String> context)
        throws KmsFailure {
      try {
        return key(keyId).unwrap(blob, TestKeys.bytes(context.toString()));
      } catch (CryptoException.WillNotOpen e) {
        throw new KmsFailure("InvalidCiphertextException");
      }
    }
  }
}
