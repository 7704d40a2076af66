package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer.Answer;
import io.scrip.audit.TrailKey;
import io.scrip.audit.TrailVerifier;
import io.scrip.audit.Verdict;
import io.scrip.crypto.AuditSigningKey;
import io.scrip.crypto.RootFile;
import io.scrip.crypto.RootFolder;
import io.scrip.crypto.RootKind;
import io.scrip.identity.Stage;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every key of a vault is replaced twice, roots included, while callers go on; whoever works on the
 * re-key job is killed ten times on the way; then the old keys are destroyed. Nobody notices.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
@Timeout(1_200)
class RekeyDrillTest {
  private static final Random RANDOM = new Random(20261121);
  private static final List<String> TENANTS = List.of("org_a", "org_b", "org_c");
  private static final int TOKENS = 100_000;
  private static final int BATCH = 1_000;
  private static final int CONVERGENT = 100;
  private static final int KILLS_IN_A_ROUND = 5;

  @TempDir Path folder;

  private final Map<String, Map<String, String>> tokens = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> convergent = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  @Test
  void all_keys_are_replaced_twice_under_load_and_nobody_notices() throws Exception {
    try (var issuer = new Issuer();
        TestDatabase database = Databases.postgres()) {
      Deployment quiet = deployment(issuer, database, "PT0S");
      Deployment working = deployment(issuer, database, "PT0.02S");
      Load load = new Load("meanwhile");
      try (Instance first = Instance.begin(quiet);
          Instance second = Instance.begin(quiet)) {
        List<Instance> both = List.of(first.awaitReady(), second.awaitReady());
        fill(first, issuer);
        AtomicBoolean done = new AtomicBoolean();
        var callers = load.start(4, () -> both.get(RANDOM.nextInt(2)), done::get);
        for (int round = 1; round <= 2; round++) {
          replaceAll(first, working);
          assertFound(second, issuer);
        }
        done.set(true);
        callers.await();
        assertThat(load.wrong).as("%s%n%s", first.printed(), second.printed()).isEmpty();
      }
      assertThat(load.unanswered).hasValue(0);
      List<TrailKey> signers = publicKeys();
      forgetOldRoots();
      try (Instance later = Instance.start(quiet)) {
        assertFound(later, issuer);
        assertThat(load.lostAt(later)).isEmpty();
        assertThat(load.values).hasSizeGreaterThan(100);
        for (String tenant : TENANTS) {
          assertVerifies(later.as(issuer.token("shop", tenant)), signers);
        }
      }
    }
  }

  private Deployment deployment(Issuer issuer, TestDatabase database, String interval) {
    Path keys = folder.resolve("keys");
    if (!Files.exists(keys)) {
      newRoots();
    }
    Path place = folder.resolve(interval);
    assertThat(place.toFile().mkdir()).isTrue();
    return Deployment.onPostgres(place, issuer, database)
        .with(
            Map.of(
                "scrip.keys.seal-roots",
                keys.resolve("seal").toString(),
                "scrip.keys.digest-roots",
                keys.resolve("digest").toString(),
                "scrip.rekey.interval",
                interval,
                "scrip.rekey.lease",
                "PT1S",
                "scrip.rekey.max-rows-per-second",
                "0"));
  }

  private void newRoots() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    try {
      for (var root : Map.of("seal", RootKind.SEAL, "digest", RootKind.DIGEST).entrySet()) {
        Path roots = Files.createDirectories(folder.resolve("keys").resolve(root.getKey()));
        RootFolder.generate(root.getValue(), roots, today, random);
      }
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private List<Path> roots(String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("keys").resolve(kind))) {
      return files.filter(file -> file.toString().endsWith(".root")).sorted().toList();
    }
  }

  private List<TrailKey> publicKeys() throws IOException {
    return roots("digest").stream()
        .map(file -> RootFile.read("root", RootKind.DIGEST, file, Stage.PRODUCTION))
        .map(root -> TrailKey.parse(AuditSigningKey.of(root).publicKeyPem()))
        .toList();
  }

  private void forgetOldRoots() throws IOException {
    for (String kind : List.of("seal", "digest")) {
      List<Path> all = roots(kind);
      assertThat(all).hasSize(3);
      for (Path old : all.subList(0, all.size() - 1)) {
        Files.delete(old);
      }
    }
  }

  private void fill(Instance instance, Issuer issuer) {
    for (int i = 0; i < TOKENS / BATCH; i++) {
      String tenant = TENANTS.get(i % TENANTS.size());
      String prefix = tenant + " " + i + " ";
      makeBatch(
          instance.as(issuer.token("shop", tenant)),
          tokens.computeIfAbsent(tenant, _ -> new LinkedHashMap<>()),
          IntStream.range(0, BATCH).mapToObj(n -> prefix + n).toList(),
          "opaque");
    }
    for (String tenant : TENANTS) {
      Instance mine = instance.as(issuer.token("shop", tenant));
      assertThat(
              mine.put("/v1/templates/same", "{\"format\":\"opaque\",\"mode\":\"convergent\"}")
                  .status())
          .isEqualTo(201);
      makeBatch(
          mine, convergent.computeIfAbsent(tenant, _ -> new LinkedHashMap<>()), values(), "same");
    }
  }

  private static List<String> values() {
    return IntStream.range(0, CONVERGENT).mapToObj(n -> "value " + n).toList();
  }

  /** Notes the token of each value. */
  private static void makeBatch(
      Instance instance, Map<String, String> made, List<String> values, String template) {
    String items =
        String.join(
            ",",
            values.stream()
                .map(value -> "{\"data\":\"%s\",\"template\":\"%s\"}".formatted(value, template))
                .toList());
    Answer answer = instance.post("/v1/tokenize/batch", "{\"items\":[" + items + "]}");
    List<String> tokens = texts(answer, "token");
    for (int i = 0; i < values.size(); i++) {
      made.put(values.get(i), tokens.get(i));
    }
  }

  private static List<String> texts(Answer answer, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> texts = new ArrayList<>();
    answer
        .json()
        .get("items")
        .values()
        .forEach(
            item -> {
              assertThat(item.get(field)).as(item.toString()).isNotNull();
              texts.add(item.get(field).getStringValue());
            });
    return texts;
  }

  private void replaceAll(Instance service, Deployment working) {
    newRoots();
    Answer keys = service.get("/v1/keys");
    long oldKek = last(keys, "keks");
    long oldDigest = last(keys, "digests");
    assertThat(rotate(service, "root")).isPositive();
    rotate(service, "kek");
    long floor = rotate(service, "data");
    rotate(service, "digest");
    rekeyWithKills(service, working);
    destroy(service, "kek", oldKek);
    destroy(service, "data", floor);
    destroy(service, "digest", oldDigest);
  }

  private static long last(Answer keys, String kind) {
    var versions = keys.json().get(kind);
    return versions.get(versions.size() - 1).get("version").getLongValue();
  }

  private static long rotate(Instance service, String key) {
    Answer answer = service.post("/v1/keys/rotate", "{\"key\":\"" + key + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("version").getLongValue();
  }

  private static void destroy(Instance service, String key, long version) {
    Answer answer =
        service.post("/v1/keys/destroy", "{\"key\":\"%s\",\"version\":%d}".formatted(key, version));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("destroyed").getLongValue()).isPositive();
  }

  private static void rekeyWithKills(Instance service, Deployment working) {
    Answer started = service.post("/v1/keys/rekey", "{\"what\":\"all\"}");
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    String path = "/v1/keys/jobs/" + started.text("id");
    long total = started.json().get("total").getLongValue();
    assertThat(total).isGreaterThan(TOKENS);
    RANDOM
        .longs(KILLS_IN_A_ROUND, 1, total * 9 / 10)
        .sorted()
        .forEach(until -> killBeyond(until, service, working, path));
    try (Instance last = Instance.start(working)) {
      last.program().await("the end of the job", () -> !state(service, path).equals("running"));
    }
    Answer ended = service.get(path);
    assertThat(ended.text("state")).as(ended.body()).isEqualTo("done");
    assertThat(ended.text("failed")).isEqualTo("0");
  }

  private static void killBeyond(long until, Instance service, Deployment working, String path) {
    try (Instance victim = Instance.start(working)) {
      victim
          .program()
          .await("progress", () -> service.get(path).json().get("done").getLongValue() >= until);
      assertThat(state(service, path)).isEqualTo("running");
      victim.program().kill();
      victim.program().awaitExit();
    }
  }

  private static String state(Instance service, String path) {
    return service.get(path).text("state");
  }

  /** Every token opens to its value, and every convergent value has the token it always had. */
  private void assertFound(Instance instance, Issuer issuer) {
    tokens.forEach(
        (tenant, made) -> {
          Instance mine = instance.as(issuer.token("shop", tenant));
          List<Map.Entry<String, String>> all = List.copyOf(made.entrySet());
          for (int from = 0; from < all.size(); from += BATCH) {
            var some = all.subList(from, Math.min(all.size(), from + BATCH));
            assertThat(open(mine, some.stream().map(Map.Entry::getValue).toList()))
                .isEqualTo(some.stream().map(Map.Entry::getKey).toList());
          }
        });
    convergent.forEach(
        (tenant, made) -> {
          Map<String, String> again = new LinkedHashMap<>();
          makeBatch(instance.as(issuer.token("shop", tenant)), again, values(), "same");
          assertThat(again).isEqualTo(made);
        });
  }

  private static List<String> open(Instance instance, List<String> some) {
    String items =
        String.join(",", some.stream().map(token -> "{\"token\":\"" + token + "\"}").toList());
    return texts(instance.post("/v1/detokenize/batch", "{\"items\":[" + items + "]}"), "data");
  }

  private static void assertVerifies(Instance instance, List<TrailKey> signers) throws IOException {
    byte[] trail = instance.trail().getBytes(StandardCharsets.UTF_8);
    assertThat(new TrailVerifier(signers).verify(new ByteArrayInputStream(trail)))
        .isInstanceOf(Verdict.Verified.class);
  }
}
