package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the role that changes keys may not do, asked of a real PostgreSQL as that role. What it may
 * is shown by a whole service that runs as it.
 */
class KeeperGrantsTest {
  private static final TestDatabase OWNER = Databases.emptyPostgres();
  private static final TestDatabase KEEPER = granted();

  private static TestDatabase granted() {
    new Schema(OWNER.database()).require(true);
    Roles.grant(OWNER);
    return Roles.as(OWNER, Roles.KEEPER);
  }

  @AfterAll
  static void close() {
    KEEPER.close();
    OWNER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update scrip_audit.audit_events set reason = 'ok'",
        "delete from scrip_audit.audit_events",
        "truncate scrip_audit.audit_events",
        "delete from scrip_audit.audit_checkpoints",
        "delete from scrip_audit.audit_chains",
        "drop table scrip_audit.audit_events"
      })
  void pitfall_12_who_changes_keys_cannot_rewrite_the_trail(String sql) {
    assertThat(refusal(sql)).isEqualTo("42501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update scrip.tokens set record = gen_random_uuid()",
        "update scrip.tokens set tenant = 'another'",
        "update scrip.tokens set template = 'another'",
        "update scrip.tokens set created_at = now()",
        "update scrip.tokens set catalog_version = 9",
        "update scrip_keys.key_encryption_keys set public_key = ''",
        "update scrip_keys.key_encryption_keys set version = 9",
        "update scrip_keys.data_keys set purpose = 'record'",
        "update scrip_keys.data_keys set tenant = 'another'",
        "update scrip_keys.data_keys set node = 'another'",
        "update scrip_keys.digest_keys set root_id = 'another'",
        "update scrip_keys.destroyed_keys set version = 9",
        "delete from scrip_keys.destroyed_keys",
        "delete from scrip_keys.jobs",
        "truncate scrip_keys.data_keys",
        "drop table scrip_keys.data_keys",
        "create table scrip_keys.mine (x integer)",
        "delete from scrip.catalog",
        "update scrip.templates set definition = ''",
        "update scrip.flyway_schema_history set success = true",
        "create role mine"
      })
  void who_changes_keys_cannot_change_what_they_belong_to(String sql) {
    assertThat(refusal(sql)).isEqualTo("42501");
  }

  @Test
  void a_key_that_is_needed_is_kept_by_the_table_itself() throws SQLException {
    OWNER.execute(
        """
        insert into scrip_keys.key_encryption_keys values (1, '', '', 'r', '', 'r', now());
        insert into scrip_keys.data_keys (kek_version, purpose, node, sealed, created_at)
        values (1, 'record', 'n', '', now())
        """);
    assertThat(refusal("delete from scrip_keys.key_encryption_keys")).isEqualTo("23503");
  }

  private static String refusal(String sql) {
    var refusal = catchThrowableOfType(SQLException.class, () -> KEEPER.execute(sql));
    return refusal == null ? "nothing" : refusal.getSQLState();
  }
}
