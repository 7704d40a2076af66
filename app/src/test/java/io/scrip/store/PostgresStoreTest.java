package io.scrip.store;

import org.junit.jupiter.api.Nested;

/** Every contract, on a real PostgreSQL. */
class PostgresStoreTest {

  TestDatabase postgres() {
    return Databases.postgres();
  }

  @Nested
  class Insertions extends InsertionContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Contention extends ContentionContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Finders extends FinderContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Endings extends EndingContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Catalog extends CatalogStoreContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Idempotency extends IdempotencyStoreContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Ledgers extends LedgerContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Trail extends TrailReaderContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }

  @Nested
  class Keys extends KeyTableContract {
    @Override
    TestDatabase open() {
      return postgres();
    }
  }
}
