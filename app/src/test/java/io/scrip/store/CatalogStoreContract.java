package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.TenantId;
import io.scrip.journal.LedgerException;
import io.scrip.vault.CatalogStore;
import io.scrip.vault.CatalogStore.TemplateRow;
import io.scrip.vault.RevocationMark;
import io.scrip.vault.RevocationMark.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What any store promises about templates, marks and the version that both share. */
abstract class CatalogStoreContract extends StoreContract {
  private static final TenantId TENANT = new TenantId("tenant'; drop schema scrip; --");

  @Test
  void the_version_rises_by_one_and_is_seen_after_the_commit() {
    long before = version();
    assertThat(bump()).isEqualTo(before + 1);
    assertThat(version()).isEqualTo(before + 1);
  }

  @Test
  void a_version_that_was_rolled_back_is_given_again() {
    long before = version();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                commit(
                    tx -> {
                      catalog().bump(tx);
                      throw new IllegalStateException("not this time");
                    }));
    assertThat(version()).isEqualTo(before);
  }

  @Test
  void templates_come_back_with_all_revisions_and_all_tenants() {
    var first = new TemplateRow(TENANT, "card 😀", 1, "{\"a\":'?'}", false, Optional.empty());
    var second = new TemplateRow(TENANT, "card 😀", 2, "b".repeat(20_000), false, Optional.of("d"));
    var other = new TemplateRow(TenantId.DEFAULT, "card 😀", 1, "c", true, Optional.of(""));
    insert(first, second, other);
    assertThat(templates()).containsExactlyInAnyOrder(first, second, other);
  }

  @Test
  void a_revision_is_written_once() {
    insert(new TemplateRow(TENANT, "t", 1, "one", false, Optional.empty()));
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(() -> insert(new TemplateRow(TENANT, "t", 1, "two", false, Optional.empty())))
        .matches(e -> !e.outcomeUnknown());
  }

  @Test
  void retiring_marks_every_revision_of_that_name_and_tenant() {
    insert(
        new TemplateRow(TENANT, "t", 1, "x", false, Optional.empty()),
        new TemplateRow(TENANT, "t", 2, "x", false, Optional.empty()),
        new TemplateRow(TENANT, "u", 1, "x", false, Optional.empty()),
        new TemplateRow(TenantId.DEFAULT, "t", 1, "x", false, Optional.empty()));
    commit(
        tx -> {
          catalog().retireTemplate(tx, TENANT, "t");
          return true;
        });
    assertThat(templates())
        .allMatch(row -> row.retired() == (row.tenant().equals(TENANT) && row.name().equals("t")));
  }

  @Test
  void marks_of_every_kind_come_back_until_they_are_deleted() {
    var subject = mark(new Target.Subject(Samples.digest("s")));
    var creator = mark(new Target.Creator(Samples.digest("c")));
    var template = mark(new Target.OfTemplate("' or ''='"));
    assertThat(marks()).containsExactly(subject, creator, template);
    commit(
        tx -> {
          catalog().deleteMark(tx, creator.id());
          return true;
        });
    assertThat(marks()).containsExactly(subject, template);
  }

  private CatalogStore catalog() {
    return database.catalog();
  }

  private long version() {
    return commit(tx -> catalog().version(tx));
  }

  private long bump() {
    return commit(tx -> catalog().bump(tx));
  }

  private List<TemplateRow> templates() {
    return commit(tx -> catalog().templates(tx));
  }

  private List<RevocationMark> marks() {
    return commit(tx -> catalog().marks(tx));
  }

  private RevocationMark mark(Target target) {
    return commit(tx -> catalog().insertMark(tx, TENANT, target, 9));
  }

  private void insert(TemplateRow... rows) {
    commit(
        tx -> {
          List.of(rows).forEach(row -> catalog().insertTemplate(tx, row));
          return true;
        });
  }
}
