package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.crypto.RawDataKeys;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What whoever steals the memory of a write plane can open: what was sealed under the data keys of
 * this moment, and nothing that was sealed before.
 */
@Timeout(600)
class HeapDumpTest {
  private static final int RECORDS_PER_KEY = 8;
  private static final int CALLS = 100;

  private static final int DUMPS = 3;

  @TempDir Path folder = Path.of("");

  @Test
  void a_heap_dump_of_a_write_plane_has_the_data_keys_of_this_epoch_and_none_before_it()
      throws Exception {
    try (var issuer = new Issuer();
        TestDatabase database = Databases.postgres()) {
      Deployment both = Deployment.onPostgres(folder, issuer, database);
      Instance.start(both.reading()).close(); // makes the first key encryption key
      Deployment writing =
          both.writing()
              .with(Map.of("scrip.keys.data-key-max-records", String.valueOf(RECORDS_PER_KEY)));
      try (Instance instance = Instance.start(writing)) {
        for (int i = 0; i < CALLS; i++) {
          String data = "{\"data\":\"value " + i + "\"}";
          assertThat(instance.post("/v1/tokenize", data).status()).isEqualTo(201);
          assertThat(instance.post("/v1/encrypt", data).status()).isEqualTo(200);
        }
        assertKeysOf(database, instance.program());
      }
    }
  }

  private Path dump(Program program, int number) throws Exception {
    Path dump = folder.resolve("heap-" + number + ".hprof");
    program.jcmd("GC.run");
    program.jcmd("GC.heap_dump", "-all=true", dump.toString());
    return dump;
  }

  /**
   * Again where a key was just being replaced: the old one is wiped a moment after the new is kept.
   */
  private void assertKeysOf(TestDatabase database, Program program) throws Exception {
    var keys =
        new RawDataKeys(
            database.keys(), folder.resolve("seal.root"), folder.resolve("digest.root"));
    Set<Long> current = new TreeSet<>();
    Map<Long, byte[]> raw = new HashMap<>();
    for (String use : List.of("record", "ciphertext")) {
      List<Long> ids = ids(database, use);
      assertThat(ids).as(use).hasSizeGreaterThanOrEqualTo(CALLS / RECORDS_PER_KEY);
      current.add(ids.getLast());
      for (long id : ids) {
        raw.put(id, keys.find(id));
      }
    }
    Set<Long> found = Set.of();
    for (int i = 0; i < DUMPS && !found.equals(current); i++) {
      found = new TreeSet<>(foundIn(dump(program, i), raw));
    }
    assertThat(found).isEqualTo(current);
  }

  private static List<Long> ids(TestDatabase database, String use) throws Exception {
    String ids =
        database.ask(
            "select string_agg(id::text, ',' order by id) from scrip_keys.data_keys where purpose = '"
                + use
                + "'");
    return Arrays.stream(ids.split(",")).map(Long::valueOf).toList();
  }

  /**
   * Ids of the keys whose bytes stand in the dump: as they are, or as the first words of a key
   * schedule, which a dump writes big-endian and so looks the same.
   */
  private static List<Long> foundIn(Path dump, Map<Long, byte[]> keys) throws Exception {
    Map<Integer, List<Long>> byStart = new HashMap<>();
    keys.forEach(
        (id, key) ->
            byStart.computeIfAbsent(ByteBuffer.wrap(key).getInt(), _ -> new ArrayList<>()).add(id));
    List<Long> found = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(dump)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      for (int at = 0; at + 32 <= bytes.limit(); at++) {
        for (long id : byStart.getOrDefault(bytes.getInt(at), List.of())) {
          byte[] there = new byte[32];
          bytes.get(at, there);
          if (Arrays.equals(there, keys.get(id))) {
            found.add(id);
          }
        }
      }
    }
    return found;
  }
}
