package io.scrip.crypto;

import static io.scrip.crypto.CustodyContract.assertWillNotOpen;
import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.identity.Plane;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CustodiansTest {
  @TempDir private Path folder;
  private Path seal;
  private Path digest;
  private Path token;

  @BeforeEach
  void roots() throws Exception {
    seal = folder.resolve("seal.root");
    digest = folder.resolve("digest.root");
    RootFile.generate(RootKind.SEAL, seal, RANDOM);
    RootFile.generate(RootKind.DIGEST, digest, RANDOM);
    token = folder.resolve("token");
    Files.writeString(token, "canary");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
  }

  private Custody of(
      Plane plane, CustodyKind who, boolean files, Pkcs11Config pkcs11, TransitConfig transit) {
    var keys =
        new KeyConfig(files ? seal : null, digest, null, null, null, null, null, null, null, null);
    Roots roots = Roots.load(keys, who, plane, Stage.PRODUCTION, RANDOM, new ManualClock());
    return Custodians.of(plane, new CustodyConfig(who), roots, keys, pkcs11, transit, RANDOM);
  }

  private static TransitConfig transit(String address, Path token) {
    return new TransitConfig(address, null, "scrip", null, token, null, null, null, null, null);
  }

  private Pkcs11Config pkcs11() {
    return new Pkcs11Config(folder.resolve("lib.so"), 0, null, "scrip", token);
  }

  private static void assertRefused(String setting, ThrowingCallable start) {
    assertThatThrownBy(start)
        .isExactlyInstanceOf(StartRefused.class)
        .hasMessageStartingWith(setting + ": ");
  }

  @Test
  void a_write_plane_has_nobody_who_wraps_or_unwraps() {
    Custody none = of(Plane.WRITE, CustodyKind.FILES, false, Pkcs11Config.NONE, TransitConfig.NONE);
    assertThatThrownBy(() -> none.wrap(bytes("key"), bytes("bound")))
        .isInstanceOf(CryptoException.KeyServiceUnavailable.class);
    assertThatThrownBy(() -> none.unwrap(bytes("key"), bytes("bound")))
        .isInstanceOf(CryptoException.KeyServiceUnavailable.class);
    assertThat(none.covers(bytes("key"))).isFalse();
  }

  @Test
  void a_write_plane_that_can_reach_a_custodian_is_refused_by_the_setting() {
    assertRefused(
        KeyConfig.SEAL_ROOTS,
        () -> of(Plane.WRITE, CustodyKind.FILES, true, Pkcs11Config.NONE, TransitConfig.NONE));
    assertRefused(
        Pkcs11Config.LIBRARY,
        () -> of(Plane.WRITE, CustodyKind.FILES, false, pkcs11(), TransitConfig.NONE));
    assertRefused(
        TransitConfig.ADDRESS,
        () ->
            of(
                Plane.WRITE,
                CustodyKind.FILES,
                false,
                Pkcs11Config.NONE,
                transit("https://vault.example", token)));
    for (CustodyKind kind : new CustodyKind[] {CustodyKind.PKCS11, CustodyKind.TRANSIT}) {
      assertRefused(
          CustodyConfig.CUSTODY,
          () -> of(Plane.WRITE, kind, false, Pkcs11Config.NONE, TransitConfig.NONE));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ALL", "READ"})
  void a_plane_that_opens_is_refused_without_the_custodian_that_is_to_wrap(Plane plane) {
    assertRefused(
        KeyConfig.SEAL_ROOTS,
        () -> of(plane, CustodyKind.FILES, false, Pkcs11Config.NONE, TransitConfig.NONE));
    for (boolean files : new boolean[] {true, false}) {
      assertRefused(
          Pkcs11Config.LIBRARY,
          () -> of(plane, CustodyKind.PKCS11, files, Pkcs11Config.NONE, TransitConfig.NONE));
      assertRefused(
          TransitConfig.ADDRESS,
          () -> of(plane, CustodyKind.TRANSIT, files, Pkcs11Config.NONE, TransitConfig.NONE));
    }
  }

  @Test
  void who_is_to_wrap_changes_by_a_setting_while_every_envelope_opens() throws Exception {
    try (var service = new TransitFake()) {
      Files.writeString(token, service.token);
      service.key("scrip");
      var transit = transit(service.address(), token);
      Custody files = of(Plane.ALL, CustodyKind.FILES, true, Pkcs11Config.NONE, TransitConfig.NONE);
      byte[] first = files.wrap(bytes("key"), bytes("bound"));

      Custody both = of(Plane.ALL, CustodyKind.TRANSIT, true, Pkcs11Config.NONE, transit);
      assertThat(both.unwrap(first, bytes("bound"))).isEqualTo(bytes("key"));
      assertThat(both.covers(first)).isFalse();
      byte[] second = both.wrap(bytes("key"), bytes("bound"));
      assertThat(second[0]).isEqualTo((byte) 3);
      assertWillNotOpen(files, second, bytes("bound"));

      Custody moved = of(Plane.ALL, CustodyKind.TRANSIT, false, Pkcs11Config.NONE, transit);
      assertThat(moved.unwrap(second, bytes("bound"))).isEqualTo(bytes("key"));
      assertWillNotOpen(moved, first, bytes("bound"));
    }
  }

  @Test
  void a_custodian_that_is_away_is_replaced_by_no_other() throws Exception {
    var service = new TransitFake();
    service.close();
    Custody both =
        of(
            Plane.ALL,
            CustodyKind.TRANSIT,
            true,
            Pkcs11Config.NONE,
            transit(service.address(), token));
    assertThatThrownBy(() -> both.wrap(bytes("key"), bytes("bound")))
        .isExactlyInstanceOf(CryptoException.KeyServiceUnavailable.class);
  }

  @Test
  void an_envelope_of_nobody_opens_nowhere() {
    Custody files = of(Plane.READ, CustodyKind.FILES, true, Pkcs11Config.NONE, TransitConfig.NONE);
    byte[] wrapped = files.wrap(bytes("key"), bytes("bound"));
    for (int kind = 0; kind < 256; kind++) {
      wrapped[0] = (byte) kind;
      if (kind != CustodyKind.FILES.envelope()) {
        assertWillNotOpen(files, wrapped, bytes("bound"));
      }
    }
    assertWillNotOpen(files, new byte[0], bytes("bound"));
    assertThatThrownBy(
            () ->
                new Custodians(
                    CustodyKind.PKCS11,
                    Map.of(CustodyKind.FILES, new FileCustody(TestKeys.SEAL_ROOT, RANDOM))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
