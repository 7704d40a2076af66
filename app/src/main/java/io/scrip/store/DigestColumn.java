package io.scrip.store;

import io.scrip.identity.LookupDigest;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A digest as it stands in a column: of type {@code uuid}, the one that holds 128 bits in a fixed
 * width. No version or variant is meant by it.
 */
final class DigestColumn {
  private DigestColumn() {}

  static UUID of(LookupDigest digest) {
    var bytes = ByteBuffer.wrap(digest.bytes());
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  static LookupDigest read(UUID value) {
    return new LookupDigest(
        ByteBuffer.allocate(LookupDigest.SIZE_BYTES)
            .putLong(value.getMostSignificantBits())
            .putLong(value.getLeastSignificantBits())
            .array());
  }
}
