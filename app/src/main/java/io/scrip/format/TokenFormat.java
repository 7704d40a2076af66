package io.scrip.format;

import io.scrip.format.FormatException.BadOption;
import java.math.BigInteger;
import java.util.Map;

/**
 * What a token looks like. Each format is a pure function of the data and of random bits.
 *
 * <p>No token equals its data. What a token keeps of the data is what its format's Javadoc and its
 * page under {@code app/docs/formats} say, and nothing else.
 */
public sealed interface TokenFormat
    permits OpaqueFormat,
        UuidFormat,
        CardFormat,
        DigitsFormat,
        AlphanumericFormat,
        EmailFormat,
        PhoneFormat,
        SsnFormat,
        IbanFormat,
        DateFormat,
        PatternFormat {
  /** The word that names the kind in a template: {@code card}. */
  String kind();

  /** The options as a template writes them; {@link #of} reads them back. */
  Map<String, String> options();

  /**
   * Refuses data that this format cannot stand for.
   *
   * @throws FormatException.DataDoesNotFit when no token of this format can stand for the data
   */
  void check(String data);

  /**
   * Draws one candidate: of the format's shape, never equal to the data, each of the {@link #space}
   * equally likely. The same bits give the same token for ever.
   *
   * @throws FormatException.DataDoesNotFit like {@link #check(String)}
   */
  String draw(String data, Draw draw);

  /**
   * How many different tokens the data could get.
   *
   * @throws FormatException.DataDoesNotFit like {@link #check(String)}
   */
  BigInteger space(String data);

  /** The smallest {@link #space} that any fitting data has. */
  BigInteger smallestSpace();

  /**
   * Whether the text cannot be a token of this format, by its own check characters and with no look
   * into the store.
   */
  default boolean isMalformed(String token) {
    return false;
  }

  /** The mask of a template that names none. */
  default Mask mask() {
    return Mask.HIDDEN;
  }

  /**
   * Refuses a mask that this kind of data must not have.
   *
   * @throws FormatException.BadOption naming {@code mask}, when it shows more than may ever be
   *     shown of such data
   */
  default void check(Mask mask) {}

  /**
   * The format of this kind, with defaults for the options that are not given.
   *
   * @throws FormatException.BadOption for an unknown kind or option, or a value out of bounds,
   *     naming it; the unknown kind is named {@code format}
   */
  static TokenFormat of(String kind, Map<String, String> options) {
    Options given = new Options(options);
    return switch (kind) {
      case "opaque" -> OpaqueFormat.of(given);
      case "uuid" -> UuidFormat.of(given);
      case "card" -> CardFormat.of(given);
      case "digits" -> DigitsFormat.of(given);
      case "alphanumeric" -> AlphanumericFormat.of(given);
      case "email" -> EmailFormat.of(given);
      case "phone" -> PhoneFormat.of(given);
      case "ssn" -> SsnFormat.of(given);
      case "iban" -> IbanFormat.of(given);
      case "date" -> DateFormat.of(given);
      case "pattern" -> PatternFormat.of(given);
      default ->
          throw new BadOption(
              "format",
              "a format is one of: opaque, uuid, card, digits, alphanumeric, email, phone, ssn,"
                  + " iban, date, pattern");
    };
  }
}
