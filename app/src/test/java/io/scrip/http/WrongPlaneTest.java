package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.http.PermissionsContract.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a process says to a call that is the other plane's work. */
class WrongPlaneTest {
  private static final Set<String> WRITE_ONLY =
      Set.of("/v1/tokenize", "/v1/tokenize/batch", "/v1/encrypt", "/v1/encrypt/batch");
  private static final Set<String> READ_ONLY =
      Set.of(
          "/v1/detokenize",
          "/v1/detokenize/batch",
          "/v1/tokens/lookup",
          "/v1/tokens/search",
          "/v1/decrypt",
          "/v1/decrypt/batch",
          "/v1/rewrap",
          "/v1/rewrap/batch",
          "/v1/keys/rotate",
          "/v1/keys/rekey",
          "/v1/keys/destroy",
          "/v1/subjects/erase");

  @Test
  void each_plane_refuses_what_is_the_others_and_nothing_else_and_the_trail_says_so() {
    Map<String, Object> settings = new HashMap<>(ApiContract.clients());
    TestServer first = TestServer.start(settings); // makes the keys
    first.close();
    assertRefuses(first, "write", READ_ONLY);
    assertRefuses(first, "read", WRITE_ONLY);
  }

  private static void assertRefuses(TestServer first, String plane, Set<String> calls) {
    Map<String, Object> settings = new HashMap<>(ApiContract.clients());
    settings.put("scrip.plane", plane);
    settings.put("scrip.keys.digest-roots", first.folder().resolve("dev-digest.root").toString());
    if (plane.equals("read")) {
      settings.put("scrip.keys.seal-roots", first.folder().resolve("dev-seal.root").toString());
    }
    try (TestServer server = TestServer.in(first.folder(), settings)) {
      for (Probe probe : PermissionsContract.PROBES) {
        String path = probe.what().substring(probe.what().indexOf(' ') + 1);
        var answer = probe.ask().apply(() -> server, "dev-admin");
        if (calls.contains(path)) {
          Expect.problem(answer, 421, "wrong-plane");
          assertThat(probe.ask().apply(() -> server, "nobody").status()).as(path).isEqualTo(403);
        } else {
          assertThat(answer.status()).as("%s: %s", path, answer.body()).isNotIn(401, 403, 421, 500);
        }
      }
      List<?> refused =
          AuditContract.lines(server.get("dev-admin", "/v1/audit/events"), "event").stream()
              .filter(event -> Json.text(event, "reason").equals("wrong-plane"))
              .filter(event -> Json.text(event, "outcome").equals("refused"))
              .toList();
      assertThat(refused).hasSizeGreaterThanOrEqualTo(calls.size());
    }
  }
}
