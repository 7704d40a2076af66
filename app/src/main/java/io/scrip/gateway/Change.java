package io.scrip.gateway;

/**
 * One credential to write.
 *
 * @param seat as it was read
 * @param target what it is to hold
 */
public record Change(Seat seat, Held target, Kind kind) {
  /** In the order in which they are written: at no moment is a published key missing. */
  public enum Kind {
    /** Two credentials of one kid: one of them goes first, since with both nobody gets in. */
    SEPARATE,
    INSTALL,
    /** The same kid, another key: the tenant's word counts. */
    REPLACE,
    /** It had left the JWK set and is back. */
    RETURN,
    /** It has left the JWK set, and stays for a while. */
    WITHDRAW,
    VACATE,
    /** Missing or broken, and there is no key for it: made such that the controller takes it. */
    PREPARE
  }

  /** For the operator. */
  public String sentence() {
    String words =
        switch (kind) {
          case SEPARATE ->
              "gives up " + name(seat.held()) + ", which another credential has too" + andTakes();
          case INSTALL -> "takes in " + name(target) + why();
          case REPLACE -> "takes the tenant's new key for " + name(target);
          case RETURN -> "keeps " + name(target) + ", which is published again";
          case WITHDRAW -> "keeps " + name(target) + " for now, which is published no more";
          case VACATE -> "gives up " + name(seat.held()) + why();
          case PREPARE -> "is prepared for a key to come" + why();
        };
    return seat.name() + " " + words;
  }

  private String andTakes() {
    return target.kid().isPresent() ? ", and takes in " + name(target) : "";
  }

  private String why() {
    return seat.held() instanceof Held.Unusable unusable
        ? " (" + Printable.of(unusable.why()) + ")"
        : "";
  }

  private static String name(Held held) {
    return held.kid().map(Printable::of).orElse("nothing");
  }
}
