package io.scrip.store;

import io.scrip.vault.Mapping;
import io.scrip.vault.Mapping.Derivation;
import io.scrip.vault.StoredMapping;
import io.scrip.vault.StoredMapping.State;
import java.sql.SQLException;

/** How a mapping becomes a row of {@code scrip.tokens} and is read back. */
final class MappingRows {
  static final BulkInsert<Mapping> INSERT =
      BulkInsert.<Mapping>into("scrip.tokens")
          .uuid("record", Mapping::record)
          .text("tenant", mapping -> mapping.tenant().value())
          .digest("token", Mapping::token)
          .findDigest("name", Mapping::name)
          .findDigest("subject", Mapping::subject)
          .findDigest("value_digest", Mapping::value)
          .findDigest("convergence", Mapping::convergence)
          .truth("convergent", mapping -> mapping.convergence().isPresent())
          .findDigest("origin", Mapping::origin)
          .digest("creator", Mapping::creator)
          .findDigest("former", Mapping::former)
          .findBytes("derivation_kept", mapping -> mapping.derivation().kept())
          .text("template", Mapping::template)
          .integer("template_revision", Mapping::templateRevision)
          .integer("derivation_key", mapping -> mapping.derivation().keyVersion())
          .integer("derivation_try", mapping -> mapping.derivation().attempt())
          .integer("digest_version", Mapping::digestVersion)
          .number("catalog_version", Mapping::catalogVersion)
          .instant("created_at", Mapping::createdAt)
          .findInstant("expires_at", Mapping::expiresAt)
          .number("data_key_id", Mapping::dataKeyId)
          .bytes("sealed", Mapping::sealed)
          .bytes("row_mac", Mapping::rowMac);

  private MappingRows() {}

  /** Neither revoked nor, by the database's clock, expired. */
  static String live(Dialect dialect) {
    return "(revoked_at is null and (expires_at is null or expires_at > %s))"
        .formatted(dialect.now());
  }

  /**
   * Selects mappings with their state; the sealed bytes of a row that is not live do not leave the
   * database.
   */
  static String select(Dialect dialect) {
    return """
    select record, tenant, token, name, subject, value_digest, convergence, origin, creator, former, template,
      template_revision, derivation_key, derivation_try, derivation_kept, digest_version, catalog_version, created_at, expires_at,
      data_key_id, row_mac,
      case when %1$s then sealed else cast('' as bytea) end as sealed,
      case when revoked_at is not null then 'REVOKED' when %1$s then 'LIVE' else 'EXPIRED' end as state
    from scrip.tokens
    """
        .formatted(live(dialect));
  }

  /** The same with the sealed bytes of every row, for whoever makes them anew. */
  static String selectWhole() {
    return "select * from scrip.tokens ";
  }

  static StoredMapping read(Row row) throws SQLException {
    return new StoredMapping(mapping(row), State.valueOf(row.text("state")));
  }

  static Mapping mapping(Row row) throws SQLException {
    return new Mapping(
        row.uuid("record"),
        row.tenant("tenant"),
        row.digest("token"),
        row.findDigest("name"),
        row.findDigest("subject"),
        row.findDigest("value_digest"),
        row.findDigest("convergence"),
        row.findDigest("origin"),
        row.digest("creator"),
        row.findDigest("former"),
        row.text("template"),
        row.integer("template_revision"),
        new Derivation(
            row.integer("derivation_key"),
            row.integer("derivation_try"),
            row.findBytes("derivation_kept")),
        row.integer("digest_version"),
        row.number("catalog_version"),
        row.instant("created_at"),
        row.findInstant("expires_at"),
        row.number("data_key_id"),
        row.bytes("sealed"),
        row.bytes("row_mac"));
  }
}
