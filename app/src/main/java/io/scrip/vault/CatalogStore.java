package io.scrip.vault;

import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import java.util.List;
import java.util.Optional;

/**
 * What every instance keeps in memory: templates, unsettled revocation marks and which keys are in
 * force. One counter, read at the start of each group, says whether the copy in memory is still
 * right.
 */
public interface CatalogStore {
  long version(Transaction tx);

  /**
   * Whether the version is still this one.
   *
   * @return true also when the transaction presumes so, and fails at its next statement or its
   *     commit where that is wrong
   */
  boolean isStill(Transaction tx, long version);

  /**
   * The same, and no {@link RotationStore#barrier} is passed until the transaction ends: for
   * whoever makes rows by what the catalog says of keys.
   */
  boolean isStillHeld(Transaction tx, long version);

  /** Which keys are in force. */
  KeyState keys(Transaction tx);

  /**
   * Raises the version, holding it until the transaction ends, so that changes are in one order.
   */
  long bump(Transaction tx);

  /**
   * Every revision of every template of every tenant, retired ones too: tokens made with them live
   * on.
   */
  List<TemplateRow> templates(Transaction tx);

  void insertTemplate(Transaction tx, TemplateRow template);

  /** Marks every revision as retired. */
  void retireTemplate(Transaction tx, TenantId tenant, String name);

  List<RevocationMark> marks(Transaction tx);

  /**
   * @return the mark with its id
   */
  RevocationMark insertMark(
      Transaction tx, TenantId tenant, RevocationMark.Target target, long version);

  void deleteMark(Transaction tx, long id);

  /**
   * A template as stored.
   *
   * @param revision 1 for the first, counted per tenant and name, going on after a deletion
   * @param definition the template's own text form
   */
  record TemplateRow(
      TenantId tenant,
      String name,
      int revision,
      String definition,
      boolean retired,
      Optional<String> description) {}
}
