package io.scrip.crypto;

import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What most tests of this package begin with. */
final class TestKeys {
  static final SecureRandom RANDOM = new SecureRandom();
  static final RootKey SEAL_ROOT = root(RootKind.SEAL, 0x11);
  static final RootKey DIGEST_ROOT = root(RootKind.DIGEST, 0x22);

  /** Whatever is due in the background is done at once, in the thread that asks for it. */
  static final Executor AT_ONCE = Runnable::run;

  private TestKeys() {}

  /** 32 bytes of one value, for what is pinned. */
  static RootKey root(RootKind kind, int value) {
    byte[] bytes = new byte[RootKey.SIZE_BYTES];
    Arrays.fill(bytes, (byte) value);
    return new RootKey(kind, bytes);
  }

  /** A root file as an operator has it. */
  static void write(Path file, RootKey root) throws IOException {
    Path draft = file.resolveSibling("draft");
    Files.write(draft, RootLine.of(root));
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static Custody custody() {
    return new FileCustody(SEAL_ROOT, RANDOM);
  }

  static KeyConfig config(DataKeyLimits limits, long maxOpenedKeys) {
    return new KeyConfig(
        null,
        null,
        null,
        null,
        null,
        limits.maxRecords(),
        limits.maxBytes(),
        limits.maxAge(),
        maxOpenedKeys,
        null);
  }

  static Roots roots(KeyConfig config, Plane plane, Stage stage) {
    return Roots.load(config, CustodyKind.FILES, plane, stage, RANDOM, new ManualClock());
  }

  static DataKeyLimits records(long maxRecords) {
    return new DataKeyLimits(maxRecords, DataKeyLimits.MOST_BYTES, Duration.ofHours(24));
  }

  static KeyEncryptionKeys kek(KeyTable table, Custody custody, ManualClock clock) {
    return new KeyEncryptionKeys(
        table,
        Optional.of(custody),
        new KekMac(RootSet.of(DIGEST_ROOT)),
        Duration.ofMinutes(10),
        RANDOM,
        clock);
  }

  static DataKey make(DataKeys dataKeys) {
    return dataKeys.make(DataKeyUse.RECORD, Optional.empty());
  }

  static RecordSealer sealer(KeyTable table) {
    return sealer(table, KeyConfig.DEFAULT, new ManualClock());
  }

  static RecordSealer sealer(KeyTable table, KeyConfig config, ManualClock clock) {
    return keyring(table, config, clock).records();
  }

  static Keyring keyring(KeyTable table, KeyConfig config, ManualClock clock) {
    return keyring(table, config, clock, AT_ONCE);
  }

  static Keyring keyring(KeyTable table, KeyConfig config, ManualClock clock, Executor background) {
    return Keyring.start(
        table,
        Optional.of(custody()),
        RootSet.of(DIGEST_ROOT),
        config,
        "node",
        RANDOM,
        clock,
        background);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
