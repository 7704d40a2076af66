package io.scrip.http;

import io.scrip.TestServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Everything that the API promises, over HTTP, whatever the database. One server for all of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TokenApiContract
    implements TokenizeContract,
        BatchContract,
        IdempotencyContract,
        DetokenizeContract,
        CiphertextContract,
        TokensContract,
        RevokeContract,
        ConvergenceContract,
        TemplatesContract,
        AuditContract,
        PermissionsContract,
        TenantsContract {
  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  /** Where the database is. */
  abstract Map<String, Object> database();

  @BeforeAll
  void start() {
    Map<String, Object> settings = new HashMap<>(database());
    settings.putAll(ApiContract.clients());
    settings.put("scrip.limits.searches-per-minute", 100_000);
    settings.put("scrip.rotation.learn", "PT0.05S");
    server = TestServer.start(settings);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  public TestServer server() {
    return server;
  }
}
