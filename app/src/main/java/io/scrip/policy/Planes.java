package io.scrip.policy;

import io.scrip.identity.Action;
import io.scrip.identity.Plane;

/** Which half of the work an action belongs to. */
public final class Planes {
  private Planes() {}

  /** Whether a process of this plane does this at all, whoever asks. */
  public static boolean does(Plane plane, Action action) {
    return switch (action) {
      case TOKENIZE, ENCRYPT -> plane.makes();
      case DETOKENIZE, LOOKUP, SEARCH, DECRYPT, REWRAP, ROTATE_KEY, REKEY, DESTROY_KEY, ERASE ->
          plane.opens();
      case RENEW,
          REVOKE,
          READ_TEMPLATES,
          WRITE_TEMPLATE,
          DELETE_TEMPLATE,
          READ_AUDIT,
          READ_KEYS,
          OPEN_CHAIN,
          CLOSE_CHAIN ->
          true;
    };
  }
}
