package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.vault.KeyInventory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which keys there are: names, states and counts.
 *
 * @param keks key encryption keys, oldest first; the last is in force
 * @param digests digest keys, oldest first; the last is in force
 * @param destroyed what is no more, latest first
 */
@Serdeable
@Schema(name = "Keys")
public record KeysResponse(
    @Schema(requiredMode = REQUIRED) List<Kek> keks,
    @Schema(requiredMode = REQUIRED) Data data,
    @Schema(requiredMode = REQUIRED) List<Digest> digests,
    @Schema(requiredMode = REQUIRED) List<Destroyed> destroyed) {

  static KeysResponse of(KeyInventory keys) {
    int newestKek = keys.keks().getLast().version();
    int newestDigest = keys.digests().getLast().version();
    return new KeysResponse(
        keys.keks().stream()
            .map(
                kek ->
                    new Kek(
                        kek.version(),
                        state(kek.version() == newestKek),
                        kek.rootId(),
                        kek.digestRootId(),
                        kek.dataKeys(),
                        kek.createdAt()))
            .toList(),
        new Data(
            keys.dataKeys().floor(),
            keys.dataKeys().active(),
            keys.dataKeys().retired(),
            keys.dataKeys().ciphertexts(),
            keys.dataKeys().newest()),
        keys.digests().stream()
            .map(
                key ->
                    new Digest(
                        key.version(),
                        state(key.version() == newestDigest),
                        key.rootId(),
                        key.createdAt()))
            .toList(),
        keys.destroyed().stream()
            .map(key -> new Destroyed(key.kind(), key.version(), key.at()))
            .toList());
  }

  private static String state(boolean inForce) {
    return inForce ? "active" : "deactivated";
  }

  /**
   * A key encryption key. States are those of NIST SP 800-57 part 1, section 7.
   *
   * @param root names the seal root that wraps it
   * @param digestRoot names the digest root whose MAC says that it is ours
   * @param dataKeys how many data keys are sealed to it
   */
  @Serdeable
  @Schema(name = "KeyEncryptionKey")
  public record Kek(
      @Schema(requiredMode = REQUIRED) int version,
      @Schema(requiredMode = REQUIRED) String state,
      @Schema(requiredMode = REQUIRED) String root,
      @Schema(requiredMode = REQUIRED) String digestRoot,
      @Schema(requiredMode = REQUIRED) long dataKeys,
      @Schema(requiredMode = REQUIRED) Instant createdAt) {}

  /**
   * Data keys.
   *
   * @param floor those of records with a lower id seal nothing any more
   * @param active how many have not
   * @param deactivated how many have
   * @param ciphertexts how many seal what callers keep
   * @param newest when the newest was made
   */
  @Serdeable
  @Schema(name = "DataKeys")
  public record Data(
      @Schema(requiredMode = REQUIRED) long floor,
      @Schema(requiredMode = REQUIRED) long active,
      @Schema(requiredMode = REQUIRED) long deactivated,
      @Schema(requiredMode = REQUIRED) long ciphertexts,
      @Schema(requiredMode = NOT_REQUIRED) Optional<Instant> newest) {}

  /**
   * A version of the digest keys.
   *
   * @param root names the digest root that it is derived from
   */
  @Serdeable
  @Schema(name = "DigestKey")
  public record Digest(
      @Schema(requiredMode = REQUIRED) int version,
      @Schema(requiredMode = REQUIRED) String state,
      @Schema(requiredMode = REQUIRED) String root,
      @Schema(requiredMode = REQUIRED) Instant createdAt) {}

  /** A destroyed key. */
  @Serdeable
  @Schema(name = "DestroyedKey")
  public record Destroyed(
      @Schema(requiredMode = REQUIRED) String key,
      @Schema(requiredMode = REQUIRED) long version,
      @Schema(requiredMode = REQUIRED) Instant destroyedAt) {}
}
