package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.vault.RevocationMark.Target;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a group of the journal believes about templates and marks. */
class CatalogTest extends VaultFixture {
  private static final TenantId OTHER = new TenantId("another");

  private static Template revision(int revision) {
    return template("mine", revision, Template.Mode.RANDOM, "digits", Map.of());
  }

  @Test
  void before_the_first_look_there_are_the_built_in_templates_and_no_others() {
    assertThat(catalog.latest().template(TenantId.DEFAULT, "card")).isPresent();
    assertThat(catalog.latest().template(TenantId.DEFAULT, "mine")).isEmpty();
  }

  @Test
  void a_change_holds_from_the_next_group_on() {
    refresh();
    known(revision(1));
    assertThat(catalog.latest().template(TenantId.DEFAULT, "mine")).isEmpty();
    assertThat(refresh().template(TenantId.DEFAULT, "mine")).isPresent();
    assertThat(catalog.latest().template(TenantId.DEFAULT, "mine")).isPresent();
  }

  @Test
  void without_a_change_nothing_is_loaded_again() {
    known(revision(1));
    assertThat(refresh()).isSameAs(refresh());
  }

  @Test
  void what_was_rolled_back_is_never_believed() {
    refresh();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                stores.commit(
                    tx -> {
                      stores.bump(tx);
                      stores.insertTemplate(tx, row(revision(1)));
                      assertThat(catalog.peek(tx).template(TenantId.DEFAULT, "mine")).isPresent();
                      throw new IllegalStateException("not this time");
                    }));
    assertThat(catalog.latest().template(TenantId.DEFAULT, "mine")).isEmpty();
    assertThat(refresh().template(TenantId.DEFAULT, "mine")).isEmpty();
  }

  @Test
  void the_newest_revision_makes_new_tokens_and_the_old_ones_stay_known() {
    known(revision(1));
    known(revision(2));
    Catalog.Snapshot now = refresh();
    assertThat(now.template(TenantId.DEFAULT, "mine")).map(Template::revision).contains(2);
    assertThat(now.template(TenantId.DEFAULT, "mine", 1)).isPresent();
    assertThat(now.template(TenantId.DEFAULT, "mine", 3)).isEmpty();
    assertThat(now.nextRevision(TenantId.DEFAULT, "mine")).isEqualTo(3);
  }

  @Test
  void a_retired_template_makes_no_tokens_but_still_rules_those_it_made() {
    known(revision(1));
    stores.commit(
        tx -> {
          stores.retireTemplate(tx, TenantId.DEFAULT, "mine");
          return stores.bump(tx);
        });
    Catalog.Snapshot now = refresh();
    assertThat(now.template(TenantId.DEFAULT, "mine")).isEmpty();
    assertThat(now.templates(TenantId.DEFAULT)).isEmpty();
    assertThat(now.rules(TenantId.DEFAULT, "mine")).isPresent();
    assertThat(now.template(TenantId.DEFAULT, "mine", 1)).isPresent();
    assertThat(now.nextRevision(TenantId.DEFAULT, "mine"))
        .as("a revision is never given twice")
        .isEqualTo(2);
  }

  @Test
  void one_tenants_template_is_nobody_elses() {
    known(revision(1));
    Catalog.Snapshot now = refresh();
    assertThat(now.template(OTHER, "mine")).isEmpty();
    assertThat(now.template(OTHER, "mine", 1)).isEmpty();
    assertThat(now.rules(OTHER, "mine")).isEmpty();
    assertThat(now.templates(OTHER)).isEmpty();
    assertThat(now.nextRevision(OTHER, "mine")).isEqualTo(1);
  }

  @Test
  void a_mark_covers_rows_older_than_itself_of_its_own_tenant() {
    Mapping row = draft(request(CARD), BuiltInTemplates.OPAQUE).mapping(4);
    mark(TenantId.DEFAULT, new Target.OfTemplate("opaque"), 5);
    Catalog.Snapshot now = refresh();
    assertThat(now.isMarked(row)).isTrue();
    assertThat(now.isMarked(Mappings.with(row, "catalogVersion", 5L))).isFalse();
    assertThat(now.isMarked(Mappings.with(row, "tenant", OTHER))).isFalse();
    assertThat(now.isMarked(Mappings.with(row, "template", "card"))).isFalse();
  }

  @Test
  void subject_and_creator_are_marked_each_for_itself() {
    Mapping row = draft(request(CARD), BuiltInTemplates.OPAQUE).mapping(0);
    assertThat(marked(row, new Target.Subject(row.subject().orElseThrow()))).isTrue();
    assertThat(marked(row, new Target.Creator(row.creator()))).isTrue();
    assertThat(marked(row, new Target.Subject(row.creator()))).isFalse();
    assertThat(marked(row, new Target.Creator(row.subject().orElseThrow()))).isFalse();
    assertThat(
            marked(
                Mappings.with(row, "subject", Optional.empty()),
                new Target.Subject(new LookupDigest(new byte[16]))))
        .isFalse();
  }

  @Test
  void of_two_marks_on_the_same_target_the_later_counts_whatever_their_order() {
    Mapping row = draft(request(CARD), BuiltInTemplates.OPAQUE).mapping(6);
    mark(TenantId.DEFAULT, new Target.OfTemplate("opaque"), 7);
    mark(TenantId.DEFAULT, new Target.OfTemplate("opaque"), 3);
    assertThat(refresh().isMarked(row)).isTrue();
  }

  private boolean marked(Mapping row, Target target) {
    VaultFixture fresh = new VaultFixture();
    fresh.stores.commit(
        tx -> fresh.stores.insertMark(tx, row.tenant(), target, fresh.stores.bump(tx)));
    return fresh.stores.commit(fresh.catalog::refresh).isMarked(row);
  }

  private void mark(TenantId tenant, Target target, long version) {
    stores.commit(
        tx -> {
          stores.bump(tx);
          return stores.insertMark(tx, tenant, target, version);
        });
  }

  private Catalog.Snapshot refresh() {
    return stores.commit(catalog::refresh);
  }
}
