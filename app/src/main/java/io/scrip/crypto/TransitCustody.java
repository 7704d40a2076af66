package io.scrip.crypto;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.identity.StartRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Custody by a transit service: the root never leaves it, and every wrap and unwrap stands in its
 * own audit log.
 *
 * <p>Layout: kind (1 byte), size of the key's name (1), name, the service's ciphertext in ASCII
 * ({@code vault:v3:…}, its key version inside). The associated data goes along as {@code
 * associated_data}, which the service binds.
 */
public final class TransitCustody implements Custody {
  private static final Logger LOG = LoggerFactory.getLogger(TransitCustody.class);
  private static final byte[] PURPOSE = "scrip transit custody".getBytes(StandardCharsets.US_ASCII);

  /** {@code vault:} or a maker's own word, a version, base64. */
  private static final String CIPHERTEXT =
      "[a-z]{1,16}:v[1-9][0-9]{0,8}:[A-Za-z0-9+/]{1,4096}={0,2}";

  /** Soon enough for a job that waits for a rotation, and not one question per envelope. */
  private static final Duration DESCRIPTION_AGE = Duration.ofSeconds(10);

  private final TransitConfig config;
  private final Duration timeout;
  private final TransitHttp http;
  private final TransitLogin login;
  private volatile Optional<Described> described = Optional.empty();

  private TransitCustody(TransitConfig config, Duration timeout) {
    this.config = config;
    this.timeout = timeout;
    this.http = new TransitHttp(config, timeout);
    this.login = TransitLogin.of(config, http);
  }

  private record Described(long version, long nanos) {}

  /**
   * @param timeout for each wrap and unwrap as a whole
   * @throws StartRefused when the service is there and its key is none to wrap with. A service that
   *     is away is complained about by whoever needs it
   */
  public static TransitCustody start(TransitConfig config, Duration timeout) {
    var custody = new TransitCustody(config, timeout);
    try {
      custody.describe(new Deadline(timeout));
    } catch (KeyServiceUnavailable away) {
      LOG.warn("the transit service cannot be asked yet: {}", away.getMessage());
    }
    return custody;
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    var deadline = new Deadline(timeout);
    if (described.isEmpty()) { // encrypt would make a key that is not there, of any type
      try {
        describe(deadline);
      } catch (StartRefused refused) {
        throw new KeyServiceUnavailable(String.valueOf(refused.getMessage()));
      }
    }
    TransitReply reply =
        post(
            "encrypt",
            config.key(),
            Map.of("plaintext", base64(key), "associated_data", bound(associatedData)),
            deadline);
    requireOk("encrypt", reply);
    String ciphertext = TransitReply.text(reply.part("data"), "ciphertext");
    if (!ciphertext.matches(CIPHERTEXT)) {
      throw TransitReply.malformed();
    }
    described = Optional.of(new Described(version(ciphertext), System.nanoTime()));
    byte[] body = ciphertext.getBytes(StandardCharsets.US_ASCII);
    return new NamedEnvelope(CustodyKind.TRANSIT, name(config.key()), body).bytes();
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    NamedEnvelope envelope = NamedEnvelope.parse(CustodyKind.TRANSIT, wrapped);
    TransitReply reply =
        post(
            "decrypt",
            key(envelope),
            Map.of("ciphertext", ciphertext(envelope), "associated_data", bound(associatedData)),
            new Deadline(timeout));
    if (reply.status()
        == 400) { // wrong tag, unknown or retired version: all the service says is 400
      throw new WillNotOpen();
    }
    requireOk("decrypt", reply);
    try {
      return Base64.getDecoder().decode(TransitReply.text(reply.part("data"), "plaintext"));
    } catch (IllegalArgumentException e) {
      throw TransitReply.malformed();
    } finally {
      reply.wipe();
    }
  }

  /** With the version that the service is known to use, once it is known. */
  @Override
  public String rootId() {
    return described.map(now -> rootId(now.version())).orElse("transit:" + name(config.key()));
  }

  @Override
  public boolean covers(byte[] wrapped) {
    NamedEnvelope envelope;
    String ciphertext;
    try {
      envelope = NamedEnvelope.parse(CustodyKind.TRANSIT, wrapped);
      ciphertext = ciphertext(envelope);
    } catch (WillNotOpen e) {
      return false;
    }
    return envelope.name().equals(name(config.key())) && version(ciphertext) == newestVersion();
  }

  private long newestVersion() {
    Optional<Described> last = described;
    if (last.isPresent() && System.nanoTime() - last.get().nanos() < DESCRIPTION_AGE.toNanos()) {
      return last.get().version();
    }
    try {
      return describe(new Deadline(timeout));
    } catch (StartRefused refused) {
      throw new KeyServiceUnavailable(String.valueOf(refused.getMessage()));
    }
  }

  /**
   * @return the newest version
   * @throws StartRefused when the key is of another type than it must be, or could be taken out
   */
  private long describe(Deadline deadline) {
    String path = "/v1/" + config.mount() + "/keys/" + config.key();
    TransitReply reply = withToken((token, until) -> http.get(path, token, until), deadline);
    if (reply.status() == 404) {
      throw new StartRefused(TransitConfig.KEY, "there is no such key under " + config.mount());
    }
    requireOk("read the key", reply);
    Map<String, Object> key = reply.part("data");
    refuseUnless("aes256-gcm96".equals(key.get("type")), "is not of type aes256-gcm96");
    refuseUnless(isFalse(key, "derived"), "is derived or convergent, and needs a context");
    refuseUnless(isFalse(key, "exportable"), "is exportable: it could leave the service");
    refuseUnless(isFalse(key, "allow_plaintext_backup"), "allows a plaintext backup");
    long version = TransitReply.number(key, "latest_version");
    described = Optional.of(new Described(version, System.nanoTime()));
    return version;
  }

  private static boolean isFalse(Map<String, Object> key, String field) {
    return Boolean.FALSE.equals(key.getOrDefault(field, false));
  }

  private static void refuseUnless(boolean fine, String why) {
    if (!fine) {
      throw new StartRefused(TransitConfig.KEY, "the key at the transit service " + why);
    }
  }

  private TransitReply post(
      String operation, String key, Map<String, String> fields, Deadline deadline) {
    String path = "/v1/" + config.mount() + "/" + operation + "/" + key;
    return withToken((token, until) -> http.post(path, token, fields, until), deadline);
  }

  /** A token may have ended or been replaced since it was read: once more with the one of now. */
  private TransitReply withToken(
      BiFunction<Optional<String>, Deadline, TransitReply> question, Deadline deadline) {
    String token = login.token(deadline);
    TransitReply reply = question.apply(Optional.of(token), deadline);
    if (reply.status() != 403) {
      return reply;
    }
    login.forget();
    String next = login.token(deadline);
    return next.equals(token) ? reply : question.apply(Optional.of(next), deadline);
  }

  private static void requireOk(String what, TransitReply reply) {
    if (!reply.isOk()) {
      throw new KeyServiceUnavailable(
          "the transit service answered " + reply.status() + " to " + what);
    }
  }

  /** Only keys that the configuration names: the envelope may be a stranger's. */
  private String key(NamedEnvelope envelope) {
    return Stream.concat(Stream.of(config.key()), config.olderKeys().stream())
        .filter(key -> envelope.name().equals(name(key)))
        .findFirst()
        .orElseThrow(WillNotOpen::new);
  }

  private static String ciphertext(NamedEnvelope envelope) {
    String ciphertext = new String(envelope.body(), StandardCharsets.ISO_8859_1);
    if (!ciphertext.matches(CIPHERTEXT) || !isExact(ciphertext)) {
      throw new WillNotOpen();
    }
    return ciphertext;
  }

  /**
   * The service passes over bits that base64 leaves unused; here one text stands for one envelope.
   */
  private static boolean isExact(String ciphertext) {
    String text = ciphertext.substring(ciphertext.lastIndexOf(':') + 1);
    try {
      return base64(Base64.getDecoder().decode(text)).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static long version(String ciphertext) {
    return Long.parseLong(ciphertext.split(":")[1].substring(1));
  }

  private String name(String key) {
    return config.mount() + "/" + key;
  }

  private String rootId(long version) {
    return "transit:" + name(config.key()) + ":v" + version;
  }

  private static String bound(byte[] associatedData) {
    return base64(Framing.of(PURPOSE, associatedData));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "TransitCustody[" + rootId() + "]";
  }
}
