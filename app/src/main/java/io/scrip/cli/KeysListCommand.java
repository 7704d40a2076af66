package io.scrip.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.scrip.vault.KeyInventory;
import io.scrip.vault.KeyReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip keys list}: versions, states and what is under each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the vault's keys: versions, states, and what is under each. Names and counts, never a key.",
      "Reads the same settings as the service, and the trail says who looked."
    })
final class KeysListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON object, as GET /v1/keys does.")
  private boolean json;

  @Override
  public Integer call() {
    try (KeyOffice office = KeyOffice.open()) {
      KeyInventory keys = KeyOffice.await(office.get(KeyReader.class).keys(KeyOffice.call()));
      if (json) {
        Output.json(out -> write(out, keys));
      } else {
        print(keys);
      }
      return 0;
    }
  }

  private static void print(KeyInventory keys) {
    System.out.println("KEY     VERSION  STATE        UNDER                            MADE");
    for (KeyInventory.Kek kek : keys.keks()) {
      line(
          "kek",
          kek.version(),
          kek.equals(keys.keks().getLast()),
          "seal root " + kek.rootId() + ", " + kek.dataKeys() + " data keys",
          kek.createdAt());
    }
    for (KeyInventory.DigestKey key : keys.digests()) {
      line(
          "digest",
          key.version(),
          key.equals(keys.digests().getLast()),
          "digest root " + key.rootId(),
          key.createdAt());
    }
    KeyInventory.DataKeys data = keys.dataKeys();
    System.out.printf(
        "data    from %-4d active: %d, deactivated: %d, of ciphertexts: %d%n",
        data.floor(), data.active(), data.retired(), data.ciphertexts());
    keys.destroyed()
        .forEach(
            gone ->
                System.out.printf(
                    "%-7s %7d  %-12s %-32s %s%n",
                    gone.kind(), gone.version(), "destroyed", "", gone.at()));
  }

  private static void line(
      String key, int version, boolean inForce, String under, java.time.Instant made) {
    System.out.printf("%-7s %7d  %-12s %-32s %s%n", key, version, state(inForce), under, made);
  }

  private static String state(boolean inForce) {
    return inForce ? "active" : "deactivated";
  }

  private static void write(JsonGenerator out, KeyInventory keys) throws IOException {
    out.writeArrayFieldStart("keks");
    for (KeyInventory.Kek kek : keys.keks()) {
      out.writeStartObject();
      out.writeNumberField("version", kek.version());
      out.writeStringField("state", state(kek.equals(keys.keks().getLast())));
      out.writeStringField("root", kek.rootId());
      out.writeStringField("digestRoot", kek.digestRootId());
      out.writeNumberField("dataKeys", kek.dataKeys());
      out.writeStringField("createdAt", kek.createdAt().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("data");
    out.writeNumberField("floor", keys.dataKeys().floor());
    out.writeNumberField("active", keys.dataKeys().active());
    out.writeNumberField("deactivated", keys.dataKeys().retired());
    out.writeNumberField("ciphertexts", keys.dataKeys().ciphertexts());
    out.writeEndObject();
    out.writeArrayFieldStart("digests");
    for (KeyInventory.DigestKey key : keys.digests()) {
      out.writeStartObject();
      out.writeNumberField("version", key.version());
      out.writeStringField("state", state(key.equals(keys.digests().getLast())));
      out.writeStringField("root", key.rootId());
      out.writeStringField("createdAt", key.createdAt().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("destroyed");
    for (KeyInventory.Destroyed gone : keys.destroyed()) {
      out.writeStartObject();
      out.writeStringField("key", gone.kind());
      out.writeNumberField("version", gone.version());
      out.writeStringField("destroyedAt", gone.at().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
