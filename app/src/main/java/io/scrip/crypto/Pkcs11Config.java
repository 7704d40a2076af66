package io.scrip.crypto;

import io.micronaut.context.annotation.ConfigurationInject;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.scrip.identity.StartRefused;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A token of PKCS#11, under {@code scrip.keys.pkcs11}.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code library}<td>the maker's library, {@code /usr/lib/softhsm/libsofthsm2.so}
 * <tr><td>{@code token-label}<td>which token, by its label; or
 * <tr><td>{@code slot}<td>which token, by the number of its slot
 * <tr><td>{@code key-label}<td>the key that wraps: AES-256, sensitive, not extractable. Keys that wrapped before stay on
 *     the token and are found by the label in their envelopes
 * <tr><td>{@code pin-file}<td>holds the user's PIN
 * </table>
 */
@ConfigurationProperties("scrip.keys.pkcs11")
public final class Pkcs11Config {
  private static final String PREFIX = "scrip.keys.pkcs11.";
  static final String LIBRARY = PREFIX + "library";
  static final String TOKEN_LABEL = PREFIX + "token-label";
  static final String KEY_LABEL = PREFIX + "key-label";
  static final String PIN_FILE = PREFIX + "pin-file";

  /** A token's label has 32 characters, PKCS #11 v2.40, section 3.2. */
  private static final String LABEL_OF_TOKEN = "[ -~]{1,32}";

  /** None. */
  public static final Pkcs11Config NONE = new Pkcs11Config(null, null, null, null, null);

  private final Optional<Path> library;
  private final Optional<Integer> slot;
  private final Optional<String> tokenLabel;
  private final String keyLabel;
  private final Path pinFile;

  /** What is not set is null. */
  @ConfigurationInject
  public Pkcs11Config(
      @Nullable Path library,
      @Nullable Integer slot,
      @Nullable String tokenLabel,
      @Nullable String keyLabel,
      @Nullable Path pinFile) {
    if (library == null
        && Stream.of(slot, tokenLabel, keyLabel, pinFile).anyMatch(p -> p != null)) {
      throw new StartRefused(LIBRARY, "is not set, and other settings of the token are");
    }
    this.library = Optional.ofNullable(library);
    this.slot = Optional.ofNullable(slot);
    this.tokenLabel = Optional.ofNullable(tokenLabel);
    this.keyLabel = keyLabel == null ? "" : keyLabel;
    this.pinFile = pinFile == null ? Path.of("") : pinFile;
    if (library != null) {
      refuse(library, pinFile);
    }
  }

  private void refuse(Path libraryFile, @Nullable Path pin) {
    if (!libraryFile.isAbsolute() || !libraryFile.toString().matches("[^\"\\p{Cntrl}]+")) {
      throw new StartRefused(LIBRARY, "must be an absolute path without quotes");
    }
    if (slot.isPresent() == tokenLabel.isPresent()) {
      throw new StartRefused(TOKEN_LABEL, "set either this or " + PREFIX + "slot");
    }
    if (slot.filter(number -> number < 0).isPresent()) {
      throw new StartRefused(PREFIX + "slot", "must not be negative");
    }
    if (tokenLabel.filter(label -> !label.matches(LABEL_OF_TOKEN)).isPresent()) {
      throw new StartRefused(TOKEN_LABEL, "must match " + LABEL_OF_TOKEN);
    }
    if (!keyLabel.matches(NamedEnvelope.NAME)) {
      throw new StartRefused(KEY_LABEL, "must match " + NamedEnvelope.NAME);
    }
    if (pin == null) {
      throw new StartRefused(PIN_FILE, "is not set; the PIN is taken from a file and nowhere else");
    }
  }

  public boolean isConfigured() {
    return library.isPresent();
  }

  public Optional<Path> library() {
    return library;
  }

  public Optional<Integer> slot() {
    return slot;
  }

  public Optional<String> tokenLabel() {
    return tokenLabel;
  }

  public String keyLabel() {
    return keyLabel;
  }

  public Path pinFile() {
    return pinFile;
  }
}
