package io.scrip.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Keyed digests, by which the store finds what it does not know.
 *
 * <p>Every version, purpose and tenant has a key of its own, derived from the digest root by
 * HKDF-SHA-256 (RFC 5869); so equal data of two tenants, or under two purposes, shares nothing. No
 * key comes from a caller.
 *
 * <p>Thread-safe, but for what {@link #derive} returns.
 */
public final class Digests {
  /**
   * Tenants times purposes that are in use at a time; deriving one again costs two microseconds.
   */
  private static final int MAX_KEYS = 10_000;

  private static final byte[] DIGEST = ascii("scrip digest");
  private static final byte[] DERIVE = ascii("scrip derive");

  private final TreeMap<Integer, RootKey> roots;
  private final Cache<KeyName, MacKey> keys = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  /**
   * @param roots the digest root of each version that is enabled, 1 for the first; new digests are
   *     made with the highest
   */
  public Digests(Map<Integer, RootKey> roots) {
    this.roots = new TreeMap<>(roots);
    if (roots.isEmpty() || this.roots.firstKey() < 1) {
      throw new IllegalArgumentException("digest versions begin with 1");
    }
    if (roots.values().stream()
        .anyMatch(root -> root.kind().ofDevelopment() != RootKind.DEVELOPMENT_DIGEST)) {
      throw new IllegalArgumentException("digests take a digest root");
    }
  }

  /** With version 1 and no other. */
  public static Digests of(RootKey root) {
    return new Digests(Map.of(1, root));
  }

  /** What a digest is for; each has keys of its own. A word, once used, never changes. */
  public enum Purpose {
    TOKEN("token"),
    NAME("name"),
    SUBJECT("subject"),
    VALUE("value"),
    CREATOR("creator"),
    ORIGIN("origin"),
    IDEMPOTENCY_KEY("idempotency key"),
    IDEMPOTENCY_BODY("idempotency body"),
    ROW("row");

    private final byte[] word;

    Purpose(String word) {
      this.word = ascii(word);
    }
  }

  /**
   * @param purpose empty for the streams
   */
  private record KeyName(int version, Optional<Purpose> purpose, TenantId tenant) {
    byte[] info() {
      byte[] bareVersion = Framing.int32(version);
      byte[] bareTenant = Framing.text(tenant.value());
      return purpose
          .map(known -> Framing.of(DIGEST, bareVersion, known.word, bareTenant))
          .orElseGet(() -> Framing.of(DERIVE, bareVersion, bareTenant));
    }
  }

  /** The version that new digests are made with. */
  public int version() {
    return roots.lastKey();
  }

  /** HMAC-SHA-256 over the parts, each with its length before it. */
  public LookupDigest digest(Purpose purpose, TenantId tenant, byte[]... parts) {
    return digest(version(), purpose, tenant, parts);
  }

  /**
   * @throws CryptoException.WillNotOpen when the version is not enabled: nothing that claims it can
   *     be checked
   */
  public LookupDigest digest(int version, Purpose purpose, TenantId tenant, byte[]... parts) {
    return new LookupDigest(key(new KeyName(version, Optional.of(purpose), tenant)).over(parts));
  }

  /**
   * An endless stream of bits that the same version, tenant and parts give again.
   *
   * @return for one thread at a time
   * @throws CryptoException.WillNotOpen when the version is not enabled
   */
  public RandomGenerator derive(int version, TenantId tenant, byte[]... parts) {
    return new KeyedStream(key(new KeyName(version, Optional.empty(), tenant)), Framing.of(parts));
  }

  private MacKey key(KeyName name) {
    return keys.get(name, this::make);
  }

  private MacKey make(KeyName name) {
    RootKey root = roots.get(name.version());
    if (root == null) {
      throw new CryptoException.WillNotOpen();
    }
    return new MacKey(Hkdf.derive(root, name.info()));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
