package io.scrip.auth;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A signed JWT in compact form (RFC 7515, section 3.1), taken apart and not yet verified. Not a
 * record: its parts are not for printing.
 */
final class CompactToken {
  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final Claims header;
  private final Claims claims;
  private final byte[] signedPart;
  private final Base64URL signature;

  private CompactToken(Claims header, Claims claims, byte[] signedPart, Base64URL signature) {
    this.header = header;
    this.claims = claims;
    this.signedPart = signedPart;
    this.signature = signature;
  }

  /**
   * Reads three base64url parts, the first two of them JSON objects that name no member twice.
   *
   * @throws AuthException.InvalidToken when it is anything else
   */
  static CompactToken parse(String token) {
    if (!SHAPE.matcher(token).matches()) {
      throw Refusal.MALFORMED.because();
    }
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    return new CompactToken(
        object(token.substring(0, first)),
        object(token.substring(first + 1, last)),
        token.substring(0, last).getBytes(StandardCharsets.US_ASCII),
        new Base64URL(token.substring(last + 1)));
  }

  Claims header() {
    return header;
  }

  Claims claims() {
    return claims;
  }

  byte[] signedPart() {
    return signedPart.clone();
  }

  Base64URL signature() {
    return signature;
  }

  /**
   * The parser takes {@code null}, and an array of pairs for an object: hence the look at the
   * brace.
   */
  private static Claims object(String base64url) {
    try {
      String json = utf8(Base64.getUrlDecoder().decode(base64url));
      if (!json.stripLeading().startsWith("{")) {
        throw Refusal.MALFORMED.because();
      }
      return new Claims(JSONObjectUtils.parse(json));
    } catch (ParseException | CharacterCodingException | IllegalArgumentException e) {
      throw Refusal.MALFORMED.because(); // the cause would quote the claims
    }
  }

  /** Strictly: a lenient decoder would turn different bytes into the same text. */
  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
