package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise: a request's exception or a value, nothing else, and never the canary in a message. */
class JsonFuzzTest {
  private static final String CANARY = "canary4242424242";
  private static final List<String> VALID =
      List.of(
          "{\"data\":\""
              + CANARY
              + "\",\"template\":\"card\",\"ttl\":\"PT15M\",\"metadata\":{\"k\":\""
              + CANARY
              + "\"}}",
          "{\"items\":[{\"ref\":\"1\",\"data\":\""
              + CANARY
              + "\"},{\"token\":\""
              + CANARY
              + "\"}]}",
          "{\""
              + CANARY
              + "\":[null,true,false,-1.5e3,{\"limit\":10,\"since\":\"2026-01-31T23:59:59Z\"}]}",
          "{\"options\":{\"head\":6,\"luhn\":\"valid\",\"flag\":true},\"limit\":12}");
  private static final String NASTY = "{}[]\",:\\u0eE+-.0123456789dD8tfn\u00e9 \n\0";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_bytes_are_refused_or_read(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      feed(noise, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void bent_documents_are_refused_or_read(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      feed(bent(VALID.get(random.nextInt(VALID.size())), random), seed);
    }
  }

  private static byte[] bent(String json, Random random) {
    StringBuilder text = new StringBuilder(json);
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(text.length());
      char nasty = NASTY.charAt(random.nextInt(NASTY.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, nasty);
        case 1 -> text.insert(at, nasty);
        case 2 -> text.deleteCharAt(at);
        default ->
            text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static void feed(byte[] body, long seed) {
    try {
      ask(JsonBodyReader.read(null, body).root());
    } catch (RequestException refused) {
      assertThat(refused.getMessage() + refused.problem())
          .as("seed %d", seed)
          .doesNotContain("canary", "4242");
    }
  }

  /** Asks for everything in every way, each on its own. */
  private static void ask(JsonFields fields) {
    List<Runnable> questions =
        List.of(
            () -> fields.only(Set.of("data")),
            () -> fields.findText("data"),
            () -> fields.findDuration("ttl"),
            () -> fields.findInstant("since"),
            () -> fields.findInt("limit"),
            () -> fields.flag("flag"),
            () -> fields.texts("metadata"),
            () -> fields.scalars("options"),
            () ->
                fields
                    .array("items")
                    .forEach(item -> fields.element("items", 0, item).findText("data")));
    RequestException last = null;
    for (Runnable question : questions) {
      try {
        question.run();
      } catch (RequestException refused) {
        last = refused;
      }
    }
    if (last != null) {
      throw last;
    }
  }
}
