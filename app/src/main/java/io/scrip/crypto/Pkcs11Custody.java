package io.scrip.crypto;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Custody by a token of PKCS#11: an AES-256 key that never leaves it, used in GCM, which is what
 * the JDK's provider passes on (OAEP and AES key wrap it does not).
 *
 * <p>Layout: kind (1 byte), size of the key's label (1), label, nonce (12), ciphertext, tag (16).
 * Nonces are random and ours: a root wraps a handful of keys in its life, far from the 2³² that
 * NIST SP 800-38D, section 8.3, allows. What stands before the nonce is bound together with the
 * caller's associated data.
 */
public final class Pkcs11Custody implements Custody {
  private static final byte[] PURPOSE = "scrip pkcs11 custody".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PROBE = new byte[Aes.NONCE_BYTES];

  private final Pkcs11Config config;
  private final SecureRandom random;
  private final OneAtATime thread;
  private final Pkcs11Library library;

  // all of these belong to the thread
  private @Nullable Pkcs11Token token;
  private boolean hasFailed;
  private Optional<FileTime> refusedPin = Optional.empty();

  private Pkcs11Custody(
      Pkcs11Config config, Pkcs11Library library, Duration timeout, SecureRandom random) {
    this.config = config;
    this.library = library;
    this.random = random;
    this.thread = new OneAtATime("pkcs11", timeout);
  }

  /**
   * @param timeout for each wrap and unwrap as a whole
   * @throws StartRefused when library, token, PIN or key are not as they must be
   * @throws KeyServiceUnavailable when the token does not answer in time
   */
  public static Pkcs11Custody start(Pkcs11Config config, Duration timeout, SecureRandom random) {
    var custody = new Pkcs11Custody(config, library(config), timeout, random);
    custody.thread.call(custody::currentKey);
    return custody;
  }

  /**
   * Makes the key that the configuration names, on the token, never to leave it.
   *
   * @throws StartRefused when there is one already
   */
  public static void generate(Pkcs11Config config, Duration timeout) {
    new OneAtATime("pkcs11", timeout)
        .call(
            () -> {
              Pkcs11Token token = Pkcs11Token.open(config, library(config));
              if (token.find(config.keyLabel()).isPresent()) {
                throw new StartRefused(
                    Pkcs11Config.KEY_LABEL, config.keyLabel() + " exists; nothing was changed");
              }
              token.generate(config.keyLabel());
              return token.find(config.keyLabel()).orElseThrow();
            });
  }

  private static Pkcs11Library library(Pkcs11Config config) {
    try {
      return new Pkcs11Library(config.library().orElseThrow());
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          Pkcs11Config.LIBRARY, config.library().orElseThrow() + " is no library of PKCS#11 here");
    } catch (Pkcs11Library.Pkcs11Refusal e) {
      throw new StartRefused(Pkcs11Config.LIBRARY, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    byte[] nonce = new byte[Aes.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] head = new NamedEnvelope(CustodyKind.PKCS11, config.keyLabel(), nonce).head();
    byte[] sealed = call(() -> open().seal(currentKey(), nonce, key, head, bound(associatedData)));
    return ByteBuffer.allocate(head.length + nonce.length + sealed.length)
        .put(head)
        .put(nonce)
        .put(sealed)
        .array();
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    NamedEnvelope envelope = NamedEnvelope.parse(CustodyKind.PKCS11, wrapped);
    byte[] body = envelope.body();
    if (body.length < Aes.NONCE_BYTES + Aes.TAG_BYTES
        || !envelope.name().matches(NamedEnvelope.NAME)) {
      throw new WillNotOpen();
    }
    byte[] nonce = Arrays.copyOf(body, Aes.NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(body, Aes.NONCE_BYTES, body.length);
    return call(() -> unwrap(envelope, nonce, sealed, bound(associatedData)));
  }

  private byte[] unwrap(NamedEnvelope envelope, byte[] nonce, byte[] sealed, byte[] bound)
      throws GeneralSecurityException, IOException {
    Optional<SecretKey> found = find(envelope.name());
    if (found.isEmpty()) {
      currentKey(); // where that is not to be seen either, it is the token that is away
      throw new WillNotOpen();
    }
    SecretKey key = found.get();
    try {
      return open().open(key, nonce, sealed, envelope.head(), bound);
    } catch (WillNotOpen e) {
      probe(key);
      throw e;
    }
  }

  /** A token that is going away may call that a wrong tag: one that is there opens its own. */
  private void probe(SecretKey key) throws GeneralSecurityException, IOException {
    byte[] nonce = new byte[Aes.NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      open().open(key, nonce, open().seal(key, nonce, PROBE));
    } catch (WillNotOpen e) {
      throw new GeneralSecurityException("the token does not open what it sealed");
    }
  }

  @Override
  public String rootId() {
    return "pkcs11:" + config.keyLabel();
  }

  @Override
  public boolean covers(byte[] wrapped) {
    try {
      return NamedEnvelope.parse(CustodyKind.PKCS11, wrapped).name().equals(config.keyLabel());
    } catch (WillNotOpen e) {
      return false;
    }
  }

  private interface Work {
    byte[] run() throws GeneralSecurityException, IOException;
  }

  /**
   * What fails in any way the token could have a part in ends its session; the next call logs in.
   */
  private byte[] call(Work work) {
    return thread.call(
        () -> {
          try {
            return work.run();
          } catch (WillNotOpen | KeyServiceUnavailable e) {
            throw e;
          } catch (StartRefused e) {
            drop();
            throw new KeyServiceUnavailable(String.valueOf(e.getMessage()));
          } catch (GeneralSecurityException | IOException | RuntimeException e) {
            drop();
            throw new KeyServiceUnavailable("the token did not answer", e);
          }
        });
  }

  private void drop() {
    token = null;
    hasFailed = true;
  }

  private SecretKey currentKey() throws GeneralSecurityException, IOException {
    return find(config.keyLabel())
        .orElseThrow(
            () ->
                new StartRefused(
                    Pkcs11Config.KEY_LABEL, "the token holds no key " + config.keyLabel()));
  }

  private Optional<SecretKey> find(String label) throws GeneralSecurityException, IOException {
    return open().find(label);
  }

  private Pkcs11Token open() throws GeneralSecurityException, IOException {
    Pkcs11Token known = token;
    if (known != null) {
      return known;
    }
    refusePinAgain();
    try {
      Pkcs11Token opened = hasFailed ? openAnew() : Pkcs11Token.open(config, library);
      token = opened;
      hasFailed = false;
      return opened;
    } catch (Pkcs11Token.WrongPin e) {
      refusedPin = Optional.of(Files.getLastModifiedTime(config.pinFile()));
      throw new StartRefused(Pkcs11Config.PIN_FILE, String.valueOf(e.getMessage()));
    }
  }

  /** A library that saw its token go away may not see it come back before it begins anew. */
  private Pkcs11Token openAnew() throws GeneralSecurityException, IOException {
    try {
      return Pkcs11Token.open(config, library);
    } catch (Pkcs11Token.WrongPin e) {
      throw e;
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      library.restart();
      return Pkcs11Token.open(config, library);
    }
  }

  /** Ten tries and a token locks itself: a PIN that was refused is not tried until it changes. */
  private void refusePinAgain() throws IOException {
    if (refusedPin.isPresent()
        && refusedPin.get().equals(Files.getLastModifiedTime(config.pinFile()))) {
      throw new StartRefused(
          Pkcs11Config.PIN_FILE, "the token did not take the PIN; it is not tried again");
    }
  }

  private static byte[] bound(byte[] associatedData) {
    return Framing.of(PURPOSE, associatedData);
  }

  @Override
  public String toString() {
    return "Pkcs11Custody[" + rootId() + "]";
  }
}
