package io.scrip.crypto;

import io.scrip.identity.Plane;
import io.scrip.identity.StartRefused;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every custodian that is configured: one of them wraps, and each envelope goes to the one whose
 * number is its first byte. So to move from one to another is to wrap the keys again, one by one,
 * while all of them open.
 */
final class Custodians implements Custody {
  private final Custody current;
  private final Map<CustodyKind, Custody> all;

  /**
   * @param who one of those in {@code all}
   */
  Custodians(CustodyKind who, Map<CustodyKind, Custody> all) {
    this.all = new EnumMap<>(all);
    @Nullable Custody found = all.get(who);
    if (found == null) {
      throw new IllegalArgumentException(who + " is not among the custodians");
    }
    this.current = found;
  }

  /**
   * @throws StartRefused when the one that is to wrap is not configured, or when a write plane can
   *     reach any
   */
  static Custody of(
      Plane plane,
      CustodyConfig config,
      Roots roots,
      KeyConfig keys,
      Pkcs11Config pkcs11,
      TransitConfig transit,
      SecureRandom random) {
    if (!plane.opens()) {
      refuseOnWritePlane(plane, config, pkcs11, transit);
      return new NoCustody();
    }
    Map<CustodyKind, Custody> all = new EnumMap<>(CustodyKind.class);
    roots.seal().ifPresent(set -> all.put(CustodyKind.FILES, new FileCustody(set, random)));
    if (pkcs11.isConfigured()) {
      all.put(CustodyKind.PKCS11, Pkcs11Custody.start(pkcs11, keys.timeout(), random));
    }
    if (transit.isConfigured()) {
      all.put(CustodyKind.TRANSIT, TransitCustody.start(transit, keys.timeout()));
    }
    if (!all.containsKey(config.custody())) {
      throw new StartRefused(
          setting(config.custody()), "is not set, and " + CustodyConfig.CUSTODY + " needs it");
    }
    return new Custodians(config.custody(), all);
  }

  private static void refuseOnWritePlane(
      Plane plane, CustodyConfig config, Pkcs11Config pkcs11, TransitConfig transit) {
    String why = "must not be set where " + Plane.SETTING + " is " + plane.word();
    if (pkcs11.isConfigured()) {
      throw new StartRefused(Pkcs11Config.LIBRARY, why);
    }
    if (transit.isConfigured()) {
      throw new StartRefused(TransitConfig.ADDRESS, why);
    }
    if (config.custody() != CustodyKind.FILES) {
      throw new StartRefused(CustodyConfig.CUSTODY, why);
    }
  }

  private static String setting(CustodyKind kind) {
    return switch (kind) {
      case FILES -> KeyConfig.SEAL_ROOTS;
      case PKCS11 -> Pkcs11Config.LIBRARY;
      case TRANSIT -> TransitConfig.ADDRESS;
    };
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    return current.wrap(key, associatedData);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    return holder(wrapped).unwrap(wrapped, associatedData);
  }

  @Override
  public String rootId() {
    return current.rootId();
  }

  @Override
  public boolean covers(byte[] wrapped) {
    return current.covers(wrapped);
  }

  /** The first byte can be changed by who writes the table; the one it names will not open it. */
  private Custody holder(byte[] wrapped) {
    return all.entrySet().stream()
        .filter(entry -> wrapped.length > 0 && wrapped[0] == entry.getKey().envelope())
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseThrow(CryptoException.WillNotOpen::new);
  }

  @Override
  public String toString() {
    return "Custodians" + all.values();
  }
}
