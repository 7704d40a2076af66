package io.scrip.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every contract, on H2 in a file. */
class H2StoreTest {
  @TempDir Path folder;

  TestDatabase h2() {
    return Databases.h2File(folder);
  }

  @Nested
  class Insertions extends InsertionContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Contention extends ContentionContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Finders extends FinderContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Endings extends EndingContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Catalog extends CatalogStoreContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Idempotency extends IdempotencyStoreContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Ledgers extends LedgerContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Trail extends TrailReaderContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }

  @Nested
  class Keys extends KeyTableContract {
    @Override
    TestDatabase open() {
      return h2();
    }
  }
}
