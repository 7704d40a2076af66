package io.scrip.store;

import static java.util.stream.Collectors.toMap;

import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import io.scrip.vault.CatalogStore;
import io.scrip.vault.KeyState;
import io.scrip.vault.RevocationMark;
import io.scrip.vault.RevocationMark.Target;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables {@code scrip.catalog}, {@code scrip.templates} and {@code scrip.revocation_marks}. */
final class JdbcCatalogStore implements CatalogStore {
  private static final BulkInsert<TemplateRow> TEMPLATE =
      BulkInsert.<TemplateRow>into("scrip.templates")
          .text("tenant", template -> template.tenant().value())
          .text("name", TemplateRow::name)
          .integer("revision", TemplateRow::revision)
          .text("definition", TemplateRow::definition)
          .truth("retired", TemplateRow::retired)
          .findText("description", TemplateRow::description);

  private static final BulkInsert<NewMark> MARK =
      BulkInsert.<NewMark>into("scrip.revocation_marks")
          .text("tenant", mark -> mark.tenant().value())
          .findDigest(
              "subject",
              mark ->
                  mark.target() instanceof Target.Subject(var digest)
                      ? Optional.of(digest)
                      : Optional.empty())
          .findDigest(
              "creator",
              mark ->
                  mark.target() instanceof Target.Creator(var digest)
                      ? Optional.of(digest)
                      : Optional.empty())
          .findText(
              "template",
              mark ->
                  mark.target() instanceof Target.OfTemplate(var name)
                      ? Optional.of(name)
                      : Optional.empty())
          .number("version", NewMark::version);

  /** Fails when it does not, see {@link StoreFailure#isPresumption}. */
  private static final String PRESUMED =
      "select 1 / cast(version = ? as integer) from scrip.catalog";

  private final Dialect dialect;

  JdbcCatalogStore(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public long version(Transaction tx) {
    return Sql.in(tx, "select version from scrip.catalog").only(row -> row.number("version"));
  }

  @Override
  public boolean isStill(Transaction tx, long version) {
    if (!JdbcTransaction.of(tx).presumes()) {
      return version(tx) == version;
    }
    Sql.in(tx, PRESUMED).number(version).later();
    return true;
  }

  @Override
  public boolean isStillHeld(Transaction tx, long version) {
    dialect.holdKeys().ifPresent(hold -> Sql.in(tx, hold).later());
    return isStill(tx, version);
  }

  @Override
  public KeyState keys(Transaction tx) {
    Map<Integer, String> digestRoots =
        Sql.in(tx, "select version, root_id from scrip_keys.digest_keys")
            .list(row -> Map.entry(row.integer("version"), row.text("root_id")))
            .stream()
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    return Sql.in(tx, "select data_key_floor, last_erasure from scrip.catalog")
        .only(
            row ->
                new KeyState(
                    digestRoots, row.number("data_key_floor"), row.number("last_erasure")));
  }

  @Override
  public long bump(Transaction tx) {
    String raise = "update scrip.catalog set version = version + 1";
    return Sql.in(tx, dialect.returning(raise, "version")).only(row -> row.number("version"));
  }

  @Override
  public List<TemplateRow> templates(Transaction tx) {
    return Sql.in(tx, "select * from scrip.templates order by tenant, name, revision")
        .list(JdbcCatalogStore::template);
  }

  @Override
  public void insertTemplate(Transaction tx, TemplateRow template) {
    TEMPLATE.all(tx, List.of(template));
  }

  @Override
  public void retireTemplate(Transaction tx, TenantId tenant, String name) {
    Sql.in(tx, "update scrip.templates set retired = true where tenant = ? and name = ?")
        .tenant(tenant)
        .text(name)
        .change();
  }

  @Override
  public List<RevocationMark> marks(Transaction tx) {
    return Sql.in(tx, "select * from scrip.revocation_marks order by id")
        .list(JdbcCatalogStore::mark);
  }

  @Override
  public RevocationMark insertMark(
      Transaction tx, TenantId tenant, RevocationMark.Target target, long version) {
    long id = MARK.one(tx, "id", new NewMark(tenant, target, version));
    return new RevocationMark(id, tenant, target, version);
  }

  @Override
  public void deleteMark(Transaction tx, long id) {
    Sql.in(tx, "delete from scrip.revocation_marks where id = ?").number(id).change();
  }

  private static TemplateRow template(Row row) throws SQLException {
    return new TemplateRow(
        row.tenant("tenant"),
        row.text("name"),
        row.integer("revision"),
        row.text("definition"),
        row.truth("retired"),
        row.findText("description"));
  }

  private static RevocationMark mark(Row row) throws SQLException {
    return new RevocationMark(
        row.number("id"), row.tenant("tenant"), target(row), row.number("version"));
  }

  private static Target target(Row row) throws SQLException {
    var subject = row.findDigest("subject");
    var creator = row.findDigest("creator");
    if (subject.isPresent()) {
      return new Target.Subject(subject.get());
    }
    return creator.isPresent()
        ? new Target.Creator(creator.get())
        : new Target.OfTemplate(row.text("template"));
  }

  private record NewMark(TenantId tenant, Target target, long version) {}
}
