package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scrip.audit.Checkpoint;
import io.scrip.crypto.DataKeyUse;
import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.crypto.KeyTable.SealedDataKey;
import io.scrip.identity.Action;
import io.scrip.identity.TenantId;
import io.scrip.vault.CatalogStore.TemplateRow;
import io.scrip.vault.IdempotencyStore.Guard;
import io.scrip.vault.Mapping;
import io.scrip.vault.MappingStore.Renewal;
import io.scrip.vault.RevocationMark.Target;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the runtime role may and may not do, asked of a real PostgreSQL as that role. */
class GrantsTest {
  private static final TestDatabase OWNER = Databases.emptyPostgres();
  private static final TestDatabase SERVICE = granted();

  private static TestDatabase granted() {
    new Schema(OWNER.database()).require(true);
    Roles.grant(OWNER);
    return Roles.as(OWNER, Roles.SERVICE);
  }

  @AfterAll
  static void close() {
    SERVICE.close();
    OWNER.close();
  }

  @Test
  void the_service_can_do_all_that_the_ports_do() throws Exception {
    var samples = new Samples(7);
    Instant past = SERVICE.now().minusSeconds(1);
    Mapping mapping = samples.mapping().name("n").origin("o").convergence("c").made();
    Mapping other = samples.mapping().expiresAt(past).made();
    new Schema(SERVICE.database()).require(false);
    SERVICE
        .keys()
        .insert(
            new KeyEncryptionKey(1, new byte[9], new byte[9], "root", new byte[9], "root", past));
    SERVICE
        .keys()
        .insert(
            new SealedDataKey(1, DataKeyUse.RECORD, Optional.empty(), "node", new byte[9], past));
    int purged =
        SERVICE.commit(
            tx -> {
              var mappings = SERVICE.mappings();
              var catalog = SERVICE.catalog();
              mappings.insert(tx, List.of(mapping, other));
              mappings.renew(
                  tx, List.of(new Renewal(mapping.record(), Optional.empty(), new byte[32])));
              mappings.release(tx, Set.of(mapping.record()));
              catalog.bump(tx);
              catalog.insertTemplate(
                  tx, new TemplateRow(TenantId.DEFAULT, "t", 1, "d", false, Optional.empty()));
              catalog.retireTemplate(tx, TenantId.DEFAULT, "t");
              var mark =
                  catalog.insertMark(
                      tx, TenantId.DEFAULT, new Target.Creator(mapping.creator()), 1);
              mappings.countMarked(tx, mark);
              mappings.settle(tx, mark, past, 10);
              catalog.deleteMark(tx, mark.id());
              mappings.revoke(tx, Set.of(mapping.record()), past);
              mappings.revokeRevealedTo(tx, TenantId.DEFAULT, Samples.CLERK.subject(), past, past);
              SERVICE
                  .idempotency()
                  .remember(tx, List.of(new Guard(mapping.token(), mapping.creator(), past, 1)));
              SERVICE.idempotency().purge(tx, 10);
              SERVICE
                  .ledger()
                  .append(
                      tx,
                      List.of(samples.event("c", 1, past, Action.TOKENIZE, mapping.token())),
                      List.of(new Checkpoint("c", 1, past, new byte[32], "k", new byte[64])));
              return mappings.purge(tx, past.plusMillis(1), 10);
            });
    assertThat(purged).isEqualTo(1);
    assertThat(SERVICE.trail().heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update scrip_audit.audit_events set reason = 'ok'",
        "delete from scrip_audit.audit_events",
        "truncate scrip_audit.audit_events",
        "update scrip_audit.audit_checkpoints set signature = ''",
        "delete from scrip_audit.audit_checkpoints",
        "update scrip_audit.audit_chains set name = 'x'",
        "delete from scrip_audit.audit_chains",
        "alter table scrip_audit.audit_events disable trigger all",
        "drop table scrip_audit.audit_events"
      })
  void pitfall_12_the_service_cannot_rewrite_the_trail(String sql) {
    assertThat(refusal(sql)).isEqualTo("42501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table scrip.mine (x integer)",
        "create table public.mine (x integer)",
        "create schema mine",
        "drop table scrip.tokens",
        "alter table scrip.tokens add column x integer",
        "create index on scrip.tokens (tenant)",
        "truncate scrip.tokens",
        "update scrip.tokens set token = value_digest",
        "update scrip.tokens set tenant = 'another'",
        "update scrip.tokens set record = gen_random_uuid()",
        "update scrip_keys.key_encryption_keys set public_key = ''",
        "delete from scrip_keys.key_encryption_keys",
        "update scrip_keys.data_keys set sealed = ''",
        "delete from scrip_keys.data_keys",
        "delete from scrip_keys.data_keys where purpose = 'subject'",
        "update scrip_keys.data_keys set subject = null",
        "update scrip_keys.data_keys set subject_version = 9",
        "select * from scrip_keys.data_keys for key share",
        "delete from scrip_keys.digest_keys",
        "insert into scrip_keys.destroyed_keys values ('kek', 1, now())",
        "insert into scrip_keys.jobs (kind) values ('all')",
        "update scrip.catalog set data_key_floor = 9",
        "update scrip.catalog set last_erasure = 9",
        "update scrip.tokens set data_key_id = 1",
        "insert into scrip.catalog values (false, 1)",
        "delete from scrip.catalog",
        "delete from scrip.templates",
        "update scrip.templates set definition = ''",
        "update scrip.revocation_marks set version = 0",
        "update scrip.flyway_schema_history set success = true",
        "create role mine"
      })
  void the_service_cannot_change_what_it_need_not(String sql) {
    assertThat(refusal(sql)).isEqualTo("42501");
  }

  private static String refusal(String sql) {
    var refusal = catchThrowableOfType(SQLException.class, () -> SERVICE.execute(sql));
    return refusal == null ? "nothing" : refusal.getSQLState();
  }
}
