package io.scrip.crypto;

import io.scrip.identity.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Data keys as bytes, for tests that search where no key may be. Needs the seal root. */
public final class RawDataKeys {
  private final KeyTable table;
  private final KeyEncryptionKeys keyEncryptionKeys;

  public RawDataKeys(KeyTable table, Path sealRoot, Path digestRoot) {
    RootKey seal = RootFile.read("seal", RootKind.SEAL, sealRoot, Stage.PRODUCTION);
    RootKey digest = RootFile.read("digest", RootKind.DIGEST, digestRoot, Stage.PRODUCTION);
    this.table = table;
    this.keyEncryptionKeys =
        new KeyEncryptionKeys(
            table,
            Optional.of(new FileCustody(seal, TestKeys.RANDOM)),
            new KekMac(RootSet.of(digest)),
            Duration.ofMinutes(10),
            TestKeys.RANDOM,
            InstantSource.system());
  }

  public byte[] find(long id) {
    KeyTable.SealedDataKey row = table.findDataKey(id).orElseThrow();
    return XWing.open(
        keyEncryptionKeys.version(row.kekVersion()).halves(),
        Framing.of(
            TestKeys.bytes("scrip data key"),
            Framing.int32(row.kekVersion()),
            TestKeys.bytes(row.use().word())),
        Framing.text(row.node()),
        row.sealed());
  }
}
