package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import io.scrip.vault.ErasureStore;
import java.util.Collection;
import java.util.Set;

/** The data keys of subjects in {@code scrip_keys.data_keys}, and the catalog's last erasure. */
final class JdbcErasureStore implements ErasureStore {
  @Override
  public Set<Long> keys(Transaction tx, TenantId tenant, Collection<LookupDigest> subject) {
    String select =
        """
        select id from scrip_keys.data_keys
        where purpose = 'subject' and tenant = ? and subject = any(?)
        """;
    return Set.copyOf(
        Sql.in(tx, select).tenant(tenant).digests(subject).list(row -> row.number("id")));
  }

  @Override
  public Set<Long> present(Transaction tx, Collection<Long> keys) {
    return JdbcKeyTable.present(tx, keys);
  }

  @Override
  public long destroy(Transaction tx, Set<Long> keys, long version) {
    Sql.in(tx, "update scrip.catalog set last_erasure = ?").number(version).change();
    String delete = "delete from scrip_keys.data_keys where purpose = 'subject' and id = any(?)";
    return Sql.in(tx, delete).numbers(keys).change();
  }
}
