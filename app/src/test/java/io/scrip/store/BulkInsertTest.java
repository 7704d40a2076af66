package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.journal.Transaction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever rows share or lack, what went in comes out. */
class BulkInsertTest {
  private static final long SEED = 20261128;

  /** Far more than there are statements for. */
  private static final int GROUPS = 150;

  private static final int MOST_ROWS = 5;

  private final BulkInsert<Line> insert =
      BulkInsert.<Line>into("lines")
          .findText("word", Line::word)
          .number("big", Line::big)
          .integer("small", Line::small)
          .truth("truth", Line::truth)
          .findInstant("made", Line::made)
          .findBytes("bytes", line -> line.bytes().map(ByteBuffer::array))
          .uuid("id", Line::id);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void what_went_in_comes_out(Dialect dialect) {
    Random random = new Random(SEED);
    try (var database = empty(dialect)) {
      for (int group = 0; group < GROUPS; group++) {
        List<Line> lines = lines(random);
        List<Line> found =
            database.commit(
                tx -> {
                  Sql.in(tx, "delete from lines").change();
                  insert.all(tx, lines);
                  return found(tx);
                });
        assertThat(found)
            .as("group %d of seed %d", group, SEED)
            .containsExactlyInAnyOrderElementsOf(lines);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rows_that_share_everything_are_as_many_as_they_were(Dialect dialect) {
    Line line = line(new Random(SEED));
    try (var database = empty(dialect)) {
      List<Line> found =
          database.commit(
              tx -> {
                insert.all(tx, List.of(line, line, line));
                return found(tx);
              });
      assertThat(found).containsExactly(line, line, line);
    }
  }

  /** Each column is at random the same for all, missing, or of each row's own. */
  private static List<Line> lines(Random random) {
    Supplier<Optional<String>> word = column(random, () -> "w" + random.nextInt(1_000));
    Supplier<Optional<Long>> big = column(random, random::nextLong);
    Supplier<Optional<Integer>> small = column(random, random::nextInt);
    Supplier<Optional<Boolean>> truth = column(random, random::nextBoolean);
    Supplier<Optional<Instant>> made =
        column(
            random, () -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000) * 1_000L));
    Supplier<Optional<ByteBuffer>> bytes = column(random, () -> bytes(random));
    Supplier<Optional<UUID>> id =
        column(random, () -> new UUID(random.nextLong(), random.nextLong()));
    return IntStream.range(0, 1 + random.nextInt(MOST_ROWS))
        .mapToObj(
            _ ->
                new Line(
                    word.get(),
                    big.get().orElse(0L),
                    small.get().orElse(0),
                    truth.get().orElse(false),
                    made.get(),
                    bytes.get(),
                    id.get().orElse(new UUID(0, 0))))
        .toList();
  }

  private static Line line(Random random) {
    return new Line(
        Optional.of("w"),
        1,
        2,
        true,
        Optional.of(Instant.EPOCH),
        Optional.of(bytes(random)),
        new UUID(1, 2));
  }

  private static <T> Supplier<Optional<T>> column(Random random, Supplier<T> value) {
    T shared = value.get();
    return switch (random.nextInt(4)) {
      case 0 -> Optional::empty;
      case 1 -> () -> Optional.of(shared);
      case 2 -> () -> Optional.of(value.get());
      default -> () -> random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    };
  }

  private static ByteBuffer bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(4)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static List<Line> found(Transaction tx) {
    return Sql.in(tx, "select * from lines")
        .list(
            row ->
                new Line(
                    row.findText("word"),
                    row.number("big"),
                    row.integer("small"),
                    row.truth("truth"),
                    row.findInstant("made"),
                    row.findBytes("bytes").map(ByteBuffer::wrap),
                    row.uuid("id")));
  }

  private TestDatabase empty(Dialect dialect) {
    TestDatabase database =
        switch (dialect) {
          case H2 -> Databases.emptyH2File(folder);
          case POSTGRESQL -> Databases.emptyPostgres();
        };
    database.commit(
        tx ->
            Sql.in(
                    tx,
                    "create table lines (word varchar, big bigint, small integer, truth boolean,"
                        + " made timestamp(6) with time zone, bytes bytea, id uuid)")
                .change());
    return database;
  }

  private record Line(
      Optional<String> word,
      long big,
      int small,
      boolean truth,
      Optional<Instant> made,
      Optional<ByteBuffer> bytes,
      UUID id) {}
}
