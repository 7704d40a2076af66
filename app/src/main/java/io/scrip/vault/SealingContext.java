package io.scrip.vault;

import io.scrip.identity.TenantId;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a ciphertext is bound to beside its tenant: entries that the caller has to bring again.
 *
 * <p>Bound as bytes: {@code scrip ciphertext}, the tenant, then each key and its value, by the
 * bytes of the keys; each part in UTF-8 with its length (4 bytes, big-endian) before it. So the
 * order of entries does not matter, and no two contexts give the same bytes.
 */
public final class SealingContext {
  /** A context says what a value is for; what is larger belongs into the value. */
  public static final int MAX_ENTRIES = 16;

  /** In characters. */
  public static final int MAX_KEY_LENGTH = 64;

  /** Keys and values together, in UTF-8; as much as a token's metadata. */
  public static final int MAX_BYTES = 4_096;

  public static final SealingContext NONE = new SealingContext(List.of());

  private static final byte[] PURPOSE = "scrip ciphertext".getBytes(StandardCharsets.US_ASCII);

  private final List<Entry> entries;

  private SealingContext(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * @throws VaultException.LimitExceeded when there are more or larger entries than may be
   * @throws IllegalArgumentException when a text holds a lone surrogate, which no UTF-8 can carry
   */
  public static SealingContext of(Map<String, String> entries) {
    if (entries.isEmpty()) {
      return NONE;
    }
    require(entries.size() <= MAX_ENTRIES, "A context has at most " + MAX_ENTRIES + " entries.");
    List<Entry> sorted =
        entries.entrySet().stream()
            .map(entry -> Entry.of(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(Entry::key, Arrays::compareUnsigned))
            .toList();
    require(
        sorted.stream().mapToInt(Entry::sizeBytes).sum() <= MAX_BYTES,
        "A context has at most " + MAX_BYTES + " bytes of UTF-8.");
    return new SealingContext(sorted);
  }

  /** What is bound to a ciphertext of this tenant. */
  byte[] boundTo(TenantId tenant) {
    byte[] owner = utf8(tenant.value());
    int size = 2 * Integer.BYTES + PURPOSE.length + owner.length;
    for (Entry entry : entries) {
      size += 2 * Integer.BYTES + entry.sizeBytes();
    }
    ByteBuffer bound = ByteBuffer.allocate(size);
    put(bound, PURPOSE);
    put(bound, owner);
    for (Entry entry : entries) {
      put(bound, entry.key);
      put(bound, entry.value);
    }
    return bound.array();
  }

  private static void put(ByteBuffer bound, byte[] part) {
    bound.putInt(part.length).put(part);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new VaultException.LimitExceeded(VaultException.Limit.CONTEXT, rule);
    }
  }

  /** Strictly: a substitute for what cannot be written would make two texts look the same. */
  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(encoded.array(), encoded.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text holds a lone surrogate", e);
    }
  }

  @Override
  public String toString() {
    return "SealingContext[redacted]";
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] key, byte[] value) {
    static Entry of(String key, String value) {
      require(
          !key.isEmpty() && key.length() <= MAX_KEY_LENGTH,
          "A context's key has 1 to " + MAX_KEY_LENGTH + " characters.");
      return new Entry(utf8(key), utf8(value));
    }

    int sizeBytes() {
      return key.length + value.length;
    }
  }
}
