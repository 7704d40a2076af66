package io.scrip.cli;

import io.scrip.vault.KeyKind;
import io.scrip.vault.Rotator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scrip keys rotate}: puts a new key in force. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a new key in force; old ones go on opening and finding. Services that run learn of it with their",
      "next commit, and no call fails. Afterwards, `scrip rekey` brings what is under old keys under the new."
    },
    footer = {
      "",
      "root    after a new root was put where the service reads roots: wraps the key encryption keys under it",
      "kek     a new key encryption key; data keys made from now on are sealed to it",
      "data    new data keys in every process",
      "digest  a new version of the digest keys, from the current digest root",
      "",
      "Example:",
      "  scrip keys rotate kek && scrip rekey --what rewrap && scrip keys destroy kek 1"
    })
final class KeysRotateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KEY", description = "${COMPLETION-CANDIDATES}")
  private KeyKind key = KeyKind.KEK;

  @Option(names = "--json", description = "Print the answer as one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try (KeyOffice office = KeyOffice.open()) {
      Rotator.Rotated made =
          KeyOffice.await(office.get(Rotator.class).rotate(KeyOffice.call(), key));
      if (json) {
        Output.json(
            out -> {
              out.writeStringField("key", made.kind().word());
              out.writeNumberField("version", made.version());
            });
      } else {
        System.out.println(sentence(made));
      }
      return 0;
    }
  }

  private static String sentence(Rotator.Rotated made) {
    return switch (made.kind()) {
      case ROOT -> made.version() + " key encryption keys were wrapped under the present root.";
      case KEK -> "Key encryption key " + made.version() + " is in force.";
      case DATA -> "Data keys from " + made.version() + " on seal; those below only open.";
      case DIGEST -> "Digest key " + made.version() + " is in force.";
    };
  }
}
