package io.scrip.crypto;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A transit service on loopback that checks what a real one checks and answers as OpenBao 2.6.2
 * answered when it was asked the same.
 */
final class TransitFake implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FIELD = Pattern.compile("\"([a-z_]+)\":\"([^\"]*)\"");

  final Map<String, Key> keys = new ConcurrentHashMap<>();
  final Map<String, String> roles = new ConcurrentHashMap<>();
  final List<String> seen = new ArrayList<>();
  volatile String token = "canary-token";
  volatile Optional<String> namespace = Optional.empty();
  volatile long leaseSeconds = 3_600;
  volatile int logins;
  volatile Optional<Answer> next = Optional.empty();
  volatile Optional<CountDownLatch> hangs = Optional.empty();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TransitFake() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  record Answer(int status, String body) {}

  /** Its versions from 1 on, and what a description tells. */
  static final class Key {
    final List<byte[]> versions = new ArrayList<>();
    final Map<String, String> traits = new HashMap<>();
    int minDecryptionVersion = 1;

    Key() {
      traits.put("type", "\"aes256-gcm96\"");
      for (String trait : List.of("derived", "exportable", "allow_plaintext_backup")) {
        traits.put(trait, "false");
      }
      rotate();
    }

    void rotate() {
      byte[] key = new byte[32];
      RANDOM.nextBytes(key);
      versions.add(key);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Key key(String name) {
    return keys.computeIfAbsent(name, none -> new Key());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      synchronized (seen) {
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      }
      if (hangs.isPresent()) {
        hangs.get().await();
      }
      Answer answer = next.orElseGet(() -> answer(exchange, fields(body)));
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (answer.status() / 100 == 3) {
        exchange.getResponseHeaders().set("Location", address() + "/v1/elsewhere");
      }
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> fields(String body) {
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(body);
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    return fields;
  }

  private Answer answer(HttpExchange exchange, Map<String, String> fields) {
    String path = exchange.getRequestURI().getPath();
    String sent = exchange.getRequestHeaders().getFirst("X-Vault-Namespace");
    if (!Optional.ofNullable(sent).equals(namespace)) {
      return error(403, "permission denied");
    }
    if (path.equals("/v1/auth/kubernetes/login")) {
      return login(fields);
    }
    if (!token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      return error(403, "permission denied");
    }
    Matcher matcher = Pattern.compile("/v1/transit/(keys|encrypt|decrypt)/([^/]+)").matcher(path);
    if (!matcher.matches()) {
      return error(404, "no handler for route");
    }
    Key key = keys.get(matcher.group(2));
    return switch (matcher.group(1)) {
      case "keys" -> key == null ? new Answer(404, "{\"errors\":[]}") : description(key);
      case "encrypt" -> encrypt(key(matcher.group(2)), fields); // a real one makes what is missing
      default -> key == null ? error(400, "encryption key not found") : decrypt(key, fields);
    };
  }

  private Answer login(Map<String, String> fields) {
    if (!fields.getOrDefault("jwt", "").equals(roles.get(fields.get("role")))) {
      return error(403, "permission denied");
    }
    logins++;
    return new Answer(
        200,
        "{\"data\":null,\"auth\":{\"client_token\":\"%s\",\"policies\":[\"default\"],\"lease_duration\":%d}}"
            .formatted(token, leaseSeconds));
  }

  private static Answer description(Key key) {
    StringBuilder traits = new StringBuilder();
    key.traits.forEach((name, value) -> traits.append("\"%s\":%s,".formatted(name, value)));
    return new Answer(
        200,
        "{\"request_id\":\"x\",\"data\":{%s\"keys\":{\"1\":1795279055},\"latest_version\":%d,\"name\":\"k\"},\"auth\":null}"
            .formatted(traits, key.versions.size()));
  }

  private static Answer encrypt(Key key, Map<String, String> fields) {
    if ("true".equals(key.traits.get("derived"))) {
      return error(400, "missing 'context' for key derivation");
    }
    try {
      byte[] plaintext = Base64.getDecoder().decode(fields.getOrDefault("plaintext", "!"));
      byte[] nonce = new byte[12];
      RANDOM.nextBytes(nonce);
      byte[] sealed = gcm(Cipher.ENCRYPT_MODE, key.versions.getLast(), nonce, fields, plaintext);
      byte[] joined = new byte[nonce.length + sealed.length];
      System.arraycopy(nonce, 0, joined, 0, nonce.length);
      System.arraycopy(sealed, 0, joined, nonce.length, sealed.length);
      return new Answer(
          200,
          "{\"data\":{\"ciphertext\":\"vault:v%d:%s\",\"key_version\":%d}}"
              .formatted(
                  key.versions.size(),
                  Base64.getEncoder().encodeToString(joined),
                  key.versions.size()));
    } catch (Exception e) {
      return error(400, "failed to base64-decode plaintext");
    }
  }

  private static Answer decrypt(Key key, Map<String, String> fields) {
    Matcher ciphertext =
        Pattern.compile("vault:v([0-9]+):(.*)").matcher(fields.getOrDefault("ciphertext", ""));
    if (!ciphertext.matches()) {
      return error(400, "invalid ciphertext: no prefix");
    }
    int version = Integer.parseInt(ciphertext.group(1));
    if (version > key.versions.size()) {
      return error(400, "invalid ciphertext: version is too new");
    }
    if (version < key.minDecryptionVersion) {
      return error(400, "ciphertext or signature version is disallowed by policy (too old)");
    }
    try {
      byte[] joined = Base64.getDecoder().decode(ciphertext.group(2));
      byte[] nonce = Arrays.copyOf(joined, 12);
      byte[] sealed = Arrays.copyOfRange(joined, 12, joined.length);
      byte[] plaintext =
          gcm(Cipher.DECRYPT_MODE, key.versions.get(version - 1), nonce, fields, sealed);
      return new Answer(
          200,
          "{\"data\":{\"plaintext\":\"%s\"}}"
              .formatted(Base64.getEncoder().encodeToString(plaintext)));
    } catch (Exception e) {
      return error(400, "cipher: message authentication failed");
    }
  }

  private static byte[] gcm(
      int mode, byte[] key, byte[] nonce, Map<String, String> fields, byte[] input)
      throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(Base64.getDecoder().decode(fields.getOrDefault("associated_data", "")));
    return cipher.doFinal(input);
  }

  private static Answer error(int status, String why) {
    return new Answer(status, "{\"errors\":[\"%s\"]}\n".formatted(why));
  }

  @Override
  public void close() {
    hangs.ifPresent(CountDownLatch::countDown);
    server.stop(0);
    threads.shutdownNow();
  }
}
