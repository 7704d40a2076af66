package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlArrayTest {
  private static final UUID ONE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  @TempDir Path folder;

  /** Layout of {@code array_send} and {@code uuid_send} in PostgreSQL's sources. */
  @Test
  void an_array_is_written_as_the_server_writes_it() {
    assertThat(HexFormat.of().formatHex(SqlArray.UUIDS.binary(new @Nullable UUID[] {ONE, null})))
        .isEqualTo(
            "00000001"
                + "00000001"
                + "00000b86"
                + "00000002"
                + "00000001"
                + "00000010"
                + "00112233445566778899aabbccddeeff"
                + "ffffffff");
  }

  /** Microseconds since 2000: the epoch of {@code timestamptz_send}. */
  @Test
  void instants_are_written_as_microseconds() {
    var instants = new @Nullable Instant[] {Instant.parse("2000-01-01T00:00:01.000002Z"), null};
    assertThat(HexFormat.of().formatHex(SqlArray.INSTANTS.binary(instants)))
        .isEqualTo(
            "00000001"
                + "00000001"
                + "000004a0"
                + "00000002"
                + "00000001"
                + "00000008"
                + "00000000000f4242"
                + "ffffffff");
  }

  @ParameterizedTest
  @EnumSource
  void instants_come_back_to_the_microsecond(Dialect dialect) {
    var sent =
        new @Nullable Instant[] {
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          null,
          Instant.parse("1999-12-31T23:59:59.999999Z"),
          Instant.parse("2026-11-28T12:34:56.789012Z"),
          Instant.parse("9999-12-31T23:59:59.999999Z"),
          Instant.parse("+10000-01-01T00:00:00Z"),
          Instant.parse("+50000-06-01T00:00:00.000001Z")
        };
    String select =
        "select made from unnest(cast(? as timestamp(6) with time zone array)) as sent (made)";
    try (var database = empty(dialect)) {
      List<Optional<Instant>> back =
          database.commit(
              tx ->
                  Sql.in(tx, select)
                      .array("timestamptz", sent)
                      .list(row -> row.findInstant("made")));
      assertThat(back)
          .containsExactlyElementsOf(Stream.of(sent).map(Optional::ofNullable).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_sent_comes_back_in_order_with_what_is_null(Dialect dialect) {
    Random random = new Random(7);
    @Nullable UUID[] sent = new @Nullable UUID[300];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = i % 3 == 0 ? null : new UUID(random.nextLong(), random.nextLong());
    }
    try (var database = empty(dialect)) {
      assertThat(back(database, sent)).containsExactly(sent);
      assertThat(back(database, new UUID[] {ONE})).containsExactly(ONE);
      assertThat(back(database, new @Nullable UUID[] {null})).containsExactly((UUID) null);
      assertThat(back(database, new UUID[0])).isEmpty();
    }
  }

  private static Stream<@Nullable UUID> back(TestDatabase database, @Nullable UUID[] sent) {
    String select = "select id from unnest(cast(? as uuid array)) as sent (id)";
    List<@Nullable UUID[]> rows =
        database.commit(
            tx ->
                Sql.in(tx, select)
                    .array("uuid", sent)
                    .list(row -> new @Nullable UUID[] {row.findUuid("id").orElse(null)}));
    return rows.stream().map(row -> row[0]);
  }

  private TestDatabase empty(Dialect dialect) {
    return switch (dialect) {
      case H2 -> Databases.emptyH2File(folder);
      case POSTGRESQL -> Databases.emptyPostgres();
    };
  }
}
