package io.scrip.crypto;

import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.security.auth.login.LoginException;

/**
 * A token that somebody has logged in to, through the JDK's SunPKCS11. For one thread at a time;
 * after a failure it is dropped and opened anew.
 */
final class Pkcs11Token {
  /**
   * What the JDK says of a key, in text and nowhere else. Of a key that lay on the token before it
   * tells the size in bytes. Whatever else stands there is refused, so that another wording in
   * another JDK lets nothing pass.
   */
  private static final Pattern KEPT =
      Pattern.compile(".* AES secret key, (32|256) bits token object, sensitive, unextractable\\)");

  private final Provider provider;
  private final KeyStore keys;
  private final char[] pin;

  private Pkcs11Token(Provider provider, KeyStore keys, char[] pin) {
    this.provider = provider;
    this.keys = keys;
    this.pin = pin;
  }

  /** The PIN does not fit. To try it again and again would lock the token. */
  static final class WrongPin extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    WrongPin() {
      super("the token does not take the PIN");
    }
  }

  /**
   * @throws StartRefused when no token, or more than one, has the label, or the PIN cannot be read
   * @throws WrongPin when the token does not take it
   */
  static Pkcs11Token open(Pkcs11Config config, Pkcs11Library library)
      throws GeneralSecurityException, IOException {
    Provider provider = Security.getProvider("SunPKCS11").configure(text(config, library));
    char[] pin = pin(config);
    try {
      KeyStore keys = KeyStore.getInstance("PKCS11", provider);
      keys.load(null, pin);
      return new Pkcs11Token(provider, keys, pin);
    } catch (IOException e) {
      Arrays.fill(pin, '\0');
      if (e.getCause() instanceof UnrecoverableKeyException
          || e.getCause() instanceof LoginException) {
        throw new WrongPin();
      }
      throw e;
    }
  }

  private static String text(Pkcs11Config config, Pkcs11Library library) {
    long slot = config.slot().map(Integer::longValue).orElseGet(() -> slot(config, library));
    return """
        --name = scrip
        library = "%s"
        slot = %d
        attributes(generate, CKO_SECRET_KEY, *) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
        }
        """
        .formatted(config.library().orElseThrow(), slot);
  }

  private static long slot(Pkcs11Config config, Pkcs11Library library) {
    String label = config.tokenLabel().orElseThrow();
    List<Long> slots = library.slots(label);
    if (slots.size() != 1) {
      throw new StartRefused(
          Pkcs11Config.TOKEN_LABEL, slots.size() + " tokens have this label; one must");
    }
    return slots.getFirst();
  }

  private static char[] pin(Pkcs11Config config) {
    byte[] bytes = SecretFile.read(Pkcs11Config.PIN_FILE, config.pinFile(), false);
    char[] pin = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pin[i] = (char) bytes[i];
    }
    Wipe.all(bytes);
    return pin;
  }

  /**
   * @return the key with this label, checked; a key that came to the token since is found as well
   * @throws StartRefused when it is no AES-256, or could be taken out
   */
  Optional<SecretKey> find(String label) throws GeneralSecurityException, IOException {
    Key found = keys.getKey(label, null);
    if (found == null) {
      keys.load(null, pin);
      found = keys.getKey(label, null);
    }
    if (found == null) {
      return Optional.empty();
    }
    return Optional.of(kept(label, found));
  }

  private static SecretKey kept(String label, Key found) {
    if (found instanceof SecretKey key
        && key.getEncoded() == null
        && KEPT.matcher(key.toString()).matches()) {
      return key;
    }
    throw new StartRefused(
        Pkcs11Config.KEY_LABEL,
        "the key %s must be AES-256 on the token, sensitive and not extractable".formatted(label));
  }

  /** Makes a key that will never leave the token. */
  void generate(String label) throws GeneralSecurityException {
    KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
    generator.init(Aes.KEY_BYTES * Byte.SIZE);
    keys.setKeyEntry(label, generator.generateKey(), null, null);
  }

  byte[] seal(SecretKey key, byte[] nonce, byte[] plaintext, byte[]... associatedData)
      throws GeneralSecurityException {
    return cipher(Cipher.ENCRYPT_MODE, key, nonce, associatedData).doFinal(plaintext);
  }

  /**
   * @throws WillNotOpen when the token says that the tag does not fit; some say so, and some of
   *     other failures too, with CKR_GENERAL_ERROR
   */
  byte[] open(SecretKey key, byte[] nonce, byte[] sealed, byte[]... associatedData)
      throws GeneralSecurityException {
    Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, associatedData);
    try {
      return cipher.doFinal(sealed);
    } catch (AEADBadTagException | IllegalBlockSizeException e) {
      throw new WillNotOpen();
    }
  }

  private Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[]... associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    cipher.init(mode, key, new GCMParameterSpec(Aes.TAG_BYTES * Byte.SIZE, nonce));
    for (byte[] part : associatedData) {
      cipher.updateAAD(part);
    }
    return cipher;
  }

  @Override
  public String toString() {
    return "token in " + provider.getName();
  }
}
