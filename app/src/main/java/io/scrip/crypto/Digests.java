package io.scrip.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.StartRefused;
import io.scrip.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
  private static final byte[] KEEP = ascii("scrip keep");

  private final RootSet roots;
  private final Cache<KeyName, MacKey> keys = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  /** Replaced as a whole. */
  private volatile Enabled enabled = new Enabled(new TreeMap<>(), List.of());

  /** With no version yet; see {@link #enable}. */
  public Digests(RootSet roots) {
    this.roots = roots;
    if (roots.all().stream()
        .anyMatch(root -> root.kind().ofDevelopment() != RootKind.DEVELOPMENT_DIGEST)) {
      throw new IllegalArgumentException("digests take a digest root");
    }
  }

  /** With version 1 and no other. */
  public static Digests of(RootKey root) {
    var digests = new Digests(RootSet.of(root));
    digests.enable(Map.of(1, root.id()));
    return digests;
  }

  /**
   * From now on these versions and no others; new digests are made with the highest. Of several
   * threads that tell this, the one with the latest news prevails, whoever comes last: versions are
   * made in order, and one that is gone never comes back.
   *
   * @param rootIds the digest root of each version, 1 for the first
   */
  public synchronized void enable(Map<Integer, String> rootIds) {
    var known = new TreeMap<>(rootIds);
    if (known.isEmpty() || known.firstKey() < 1) {
      throw new IllegalArgumentException("digest versions begin with 1");
    }
    var told = new Enabled(known, List.copyOf(known.descendingKeySet()));
    if (told.isNewsTo(enabled)) {
      enabled = told;
      keys.asMap().keySet().removeIf(name -> !known.containsKey(name.version()));
    }
  }

  /**
   * @throws StartRefused when the root of an enabled version is not at hand
   */
  public void requireRoots() {
    enabled.rootIds.forEach(
        (version, rootId) -> {
          if (roots.find(rootId).isEmpty()) {
            throw new StartRefused(
                KeyConfig.DIGEST_ROOTS,
                "digest key %d of this database was made from root %s, which is not here"
                    .formatted(version, rootId));
          }
        });
  }

  /** Names the root that the next version would be derived from. */
  public String newestRootId() {
    return roots.newest().id();
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
    return enabled.newest();
  }

  /** Those that something may still be found by, the newest first; one, but for a rotation. */
  public List<Integer> versions() {
    return enabled.versions;
  }

  /** HMAC-SHA-256 over the parts, each with its length before it, cut to its left half. */
  public LookupDigest digest(Purpose purpose, TenantId tenant, byte[]... parts) {
    Enabled now = enabled;
    return digest(now, now.newest(), purpose, tenant, parts);
  }

  /**
   * @throws CryptoException.WillNotOpen when the version is not enabled: nothing that claims it can
   *     be checked
   */
  public LookupDigest digest(int version, Purpose purpose, TenantId tenant, byte[]... parts) {
    return digest(enabled, version, purpose, tenant, parts);
  }

  private LookupDigest digest(
      Enabled now, int version, Purpose purpose, TenantId tenant, byte[]... parts) {
    byte[] whole = key(now, new KeyName(version, Optional.of(purpose), tenant)).over(parts);
    return new LookupDigest(Arrays.copyOf(whole, LookupDigest.SIZE_BYTES));
  }

  /** The same under every enabled version, the newest first. */
  public List<LookupDigest> each(Purpose purpose, TenantId tenant, byte[]... parts) {
    Enabled now = enabled;
    return now.versions.size() == 1 // but for a rotation
        ? List.of(digest(now, now.newest(), purpose, tenant, parts))
        : now.versions.stream()
            .map(version -> digest(now, version, purpose, tenant, parts))
            .toList();
  }

  /**
   * Seals a few bytes for whoever knows the parts and has the digest root, under a key that is used
   * this once: the parts must hold something that never comes again.
   *
   * @return {@value Aes#TAG_BYTES} bytes more than the secret
   */
  public byte[] keep(int version, TenantId tenant, byte[] secret, byte[]... parts) {
    SecretBytes key = keepingKey(version, tenant, parts);
    try {
      byte[] sealed = new byte[Aes.NONCE_BYTES + secret.length + Aes.TAG_BYTES];
      Aes.seal(Aes.cipher(), key, secret, KEEP, sealed, Aes.NONCE_BYTES);
      return Arrays.copyOfRange(sealed, Aes.NONCE_BYTES, sealed.length);
    } finally {
      key.wipe();
    }
  }

  /**
   * Opens what {@link #keep} sealed.
   *
   * @throws CryptoException.WillNotOpen when parts, version or bytes are others
   */
  public byte[] kept(int version, TenantId tenant, byte[] sealed, byte[]... parts) {
    SecretBytes key = keepingKey(version, tenant, parts);
    try {
      byte[] withNonce = new byte[Aes.NONCE_BYTES + sealed.length];
      System.arraycopy(sealed, 0, withNonce, Aes.NONCE_BYTES, sealed.length);
      return Aes.open(Aes.cipher(), key, withNonce, KEEP, Aes.NONCE_BYTES);
    } finally {
      key.wipe();
    }
  }

  private SecretBytes keepingKey(int version, TenantId tenant, byte[]... parts) {
    MacKey mac = key(enabled, new KeyName(version, Optional.empty(), tenant));
    return new SecretBytes("AES", mac.over(KEEP, Framing.of(parts)));
  }

  /**
   * An endless stream of bits that the same version, tenant and parts give again.
   *
   * @return for one thread at a time
   * @throws CryptoException.WillNotOpen when the version is not enabled
   */
  public RandomGenerator derive(int version, TenantId tenant, byte[]... parts) {
    MacKey key = key(enabled, new KeyName(version, Optional.empty(), tenant));
    return new KeyedStream(key, Framing.of(parts));
  }

  private MacKey key(Enabled now, KeyName name) {
    String rootId = now.rootIds.get(name.version());
    if (rootId == null) {
      throw new CryptoException.WillNotOpen();
    }
    return keys.get(name, _ -> make(name, rootId));
  }

  private MacKey make(KeyName name, String rootId) {
    RootKey root =
        roots
            .find(rootId)
            .orElseThrow(
                () ->
                    new CryptoException.KeyServiceUnavailable(
                        "digest root "
                            + rootId
                            + " of version "
                            + name.version()
                            + " is not here"));
    return new MacKey(Hkdf.derive(root, name.info()));
  }

  /**
   * @param rootIds the root that each version is derived from
   * @param versions the newest first
   */
  private record Enabled(NavigableMap<Integer, String> rootIds, List<Integer> versions) {
    int newest() {
      return versions.getFirst();
    }

    boolean isNewsTo(Enabled before) {
      if (before.versions.isEmpty() || newest() > before.newest()) {
        return true;
      }
      return newest() == before.newest() && versions.size() < before.versions.size();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
