package io.scrip.auth;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Addresses of issuers: https, or http to this very machine or in development. Whoever answers
 * there makes our keys.
 */
public final class SafeUri {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private SafeUri() {}

  /**
   * @throws StartRefused naming the setting
   */
  public static URI parse(String key, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new StartRefused(key, "is not a URI");
    }
  }

  /**
   * @throws StartRefused naming the setting, where anybody on the way could answer
   */
  public static void require(String key, URI uri, Stage stage) {
    boolean https = "https".equals(uri.getScheme());
    if (uri.getHost() == null || (!https && !"http".equals(uri.getScheme()))) {
      throw new StartRefused(key, "is not an absolute https URI");
    }
    if (!https && stage == Stage.PRODUCTION && !LOOPBACK.contains(uri.getHost())) {
      throw new StartRefused(
          key, "is plain http, where anyone on the way could put in his own keys; make it https");
    }
  }
}
