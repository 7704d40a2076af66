package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CryptoFactoryTest {
  @TempDir private Path folder;

  private ApplicationContext start(KeyTable table) {
    ApplicationContext context =
        new CryptoContext(Map.of("scrip.keys.development-folder", folder.toString()));
    context
        .registerSingleton(KeyTable.class, table)
        .registerSingleton(Plane.class, Plane.ALL)
        .registerSingleton(Stage.class, Stage.DEVELOPMENT)
        .registerSingleton(Plane.class, Plane.ALL)
        .registerSingleton(SecureRandom.class, RANDOM)
        .registerSingleton(InstantSource.class, InstantSource.system());
    return context.start();
  }

  @Test
  void a_second_process_opens_and_finds_what_the_first_one_left() {
    var table = new InMemoryKeyTable();
    RecordSealer.SealedRecord record;
    String keyId;
    RecordSealer closed;
    try (var context = start(table)) {
      closed = context.getBean(RecordSealer.class);
      record = closed.seal(bytes("value"), bytes("bound"));
      keyId = context.getBean(AuditSigningKey.class).keyId();
      assertThat(context.getBean(Digests.class).newestRootId()).hasSize(8);
    }
    assertThatThrownBy(() -> closed.seal(bytes("value"), bytes("bound")))
        .isInstanceOf(CryptoException.KeyServiceUnavailable.class);
    try (var context = start(table)) {
      RecordSealer sealer = context.getBean(RecordSealer.class);
      assertThat(sealer.open(record.dataKeyId(), record.sealed(), bytes("bound")))
          .isEqualTo(bytes("value"));
      assertThat(sealer.seal(bytes("value"), bytes("bound")).dataKeyId())
          .isNotEqualTo(record.dataKeyId());
      assertThat(context.getBean(AuditSigningKey.class).keyId()).isEqualTo(keyId);
    }
  }
}
