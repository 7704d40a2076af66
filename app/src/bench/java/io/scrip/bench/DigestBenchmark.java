package io.scrip.bench;

import io.scrip.crypto.Digests;
import io.scrip.crypto.RootKey;
import io.scrip.crypto.RootKind;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The keyed digest by which a token is found; tokenize works out four or five of the kind. */
@State(Scope.Benchmark)
public class DigestBenchmark {
  private final Digests digests =
      Digests.of(RootKey.random(RootKind.DEVELOPMENT_DIGEST, new SecureRandom()));
  private final byte[] token = "tok_8fJ2kQz5Yw0aVb7Nc3Md6Pe9".getBytes(StandardCharsets.US_ASCII);

  @Benchmark
  public LookupDigest digest() {
    return digests.digest(Digests.Purpose.TOKEN, TenantId.DEFAULT, token);
  }
}
