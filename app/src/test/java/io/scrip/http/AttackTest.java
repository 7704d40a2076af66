package io.scrip.http;

import io.scrip.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What an attacker sends. After each attack the service still serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest implements TokenAttacks, BodyAttacks, AddressAttacks, ConnectionAttacks {
  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @BeforeAll
  void start() {
    server = TestServer.start(ApiContract.clients());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void a_normal_call_is_still_answered() {
    makeAs("dev-writer", "data", "x");
  }

  @Override
  public TestServer server() {
    return server;
  }
}
