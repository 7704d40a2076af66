package io.scrip.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import io.scrip.vault.Mapping.Derivation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Someone who can write to the database changes, moves and mixes columns: nothing opens. */
class MappingSealerTest extends VaultFixture {
  private final Mapping row = fullRow("first");

  private Mapping fullRow(String name) {
    Template template = template("conv", 1, Template.Mode.CONVERGENT, "card", java.util.Map.of());
    Mapping made =
        draft(
                request(CARD, Optional.of(name), Optional.of(java.time.Duration.ofHours(1))),
                template)
            .mapping(7);
    Mapping full = Mappings.with(made, "origin", Optional.of(digest(9)));
    full = Mappings.with(full, "former", Optional.of(digest(8)));
    full =
        Mappings.with(full, "derivation", new Derivation(1, 0, Optional.of(name.getBytes(UTF_8))));
    return full.withRowMac(SEALER.rowMac(full));
  }

  @Test
  void an_untouched_row_opens() {
    TokenRecord content = SEALER.open(row);
    assertThat(content.data().text(PlaintextAccess.GRANTED)).isEqualTo(CARD);
    assertThat(content.name()).contains("first");
    assertThat(content.subject()).contains("customer-7");
  }

  static Stream<String> columns() {
    return Mappings.columns().stream();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void pitfall_03_no_column_can_be_changed(String column) {
    Object value = Mappings.get(row, column);
    for (Object other : others(column, value)) {
      Mapping changed = Mappings.with(row, column, other);
      assertThatExceptionOfType(WillNotOpen.class)
          .as("%s", column)
          .isThrownBy(() -> SEALER.open(changed));
    }
  }

  @ParameterizedTest
  @MethodSource("columns")
  void pitfall_03_no_column_can_be_taken_over_from_another_row(String column) {
    Mapping other = fullRow("second");
    Object foreign = Mappings.get(other, column);
    if (!foreign.equals(Mappings.get(row, column))) {
      Mapping mixed = Mappings.with(row, column, foreign);
      assertThatExceptionOfType(WillNotOpen.class)
          .as("%s", column)
          .isThrownBy(() -> SEALER.open(mixed));
    }
  }

  @Test
  void pitfall_03_two_columns_cannot_change_places() {
    Mapping swapped =
        Mappings.with(Mappings.with(row, "name", row.subject()), "subject", row.name());
    assertThatExceptionOfType(WillNotOpen.class).isThrownBy(() -> SEALER.verify(swapped));
    Mapping moved =
        Mappings.with(Mappings.with(row, "origin", Optional.empty()), "convergence", row.origin());
    assertThatExceptionOfType(WillNotOpen.class).isThrownBy(() -> SEALER.verify(moved));
  }

  @Test
  void pitfall_03_a_record_sealed_for_one_row_opens_in_no_other() {
    Mapping other = fullRow("second");
    Mapping moved =
        Mappings.with(Mappings.with(other, "sealed", row.sealed()), "dataKeyId", row.dataKeyId());
    assertThatExceptionOfType(WillNotOpen.class).isThrownBy(() -> SEALER.open(moved));
  }

  @Test
  void a_renewed_row_opens_with_its_new_mac_and_not_with_the_old_one() {
    Mapping longer = row.withExpiry(Optional.of(Instant.parse("2100-01-01T00:00:00Z")));
    assertThatExceptionOfType(WillNotOpen.class).isThrownBy(() -> SEALER.open(longer));
    assertThat(SEALER.open(longer.withRowMac(SEALER.rowMac(longer))).name()).contains("first");
  }

  private static List<Object> others(String column, Object value) {
    return switch (value) {
      case UUID _ -> List.of(UUID.randomUUID());
      case TenantId _ -> List.of(new TenantId("another"));
      case LookupDigest _ -> List.of(digest(1));
      case String text -> List.of(text + "x", "", "conv\0");
      case Integer number -> List.of(number + 1, number - 1, -number);
      case Long number -> List.of(number + 1, number - 1, ~number);
      case Instant at -> List.of(at.plusNanos(1_000), at.minusNanos(1_000), Instant.EPOCH);
      case Derivation(int version, int attempt, Optional<byte[]> kept) ->
          List.of(
              new Derivation(version, attempt + 1, kept),
              new Derivation(version + 1, attempt, kept),
              new Derivation(attempt, version, kept),
              new Derivation(version, attempt),
              new Derivation(version, attempt, kept.map(bytes -> flipped(bytes, 0))));
      case byte[] bytes ->
          List.of(flipped(bytes, 0), flipped(bytes, bytes.length - 1), new byte[0], cut(bytes));
      case Optional<?> present -> List.of(Optional.empty(), other(present.orElseThrow()));
      default -> throw new AssertionError("how to change " + column + "?");
    };
  }

  private static Optional<?> other(Object present) {
    return Optional.of(present instanceof Instant at ? at.plusSeconds(3_600) : digest(2));
  }

  private static byte[] flipped(byte[] bytes, int place) {
    byte[] copy = bytes.clone();
    copy[place] ^= 1;
    return copy;
  }

  private static byte[] cut(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, bytes.length - 1);
  }

  private static LookupDigest digest(int octet) {
    byte[] bytes = new byte[LookupDigest.SIZE_BYTES];
    java.util.Arrays.fill(bytes, (byte) octet);
    return new LookupDigest(bytes);
  }
}
