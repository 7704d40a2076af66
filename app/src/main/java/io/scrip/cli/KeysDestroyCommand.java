package io.scrip.cli;

import io.scrip.vault.KeyKind;
import io.scrip.vault.Rotator;
import io.scrip.vault.VaultException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scrip keys destroy}: the end of an old key. */
@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    description = {
      "Destroys an old key for good, once it is proved that nothing needs it. Roots are destroyed where they are kept."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:destroyed",
      "1:it is in force or needed, or not there; nothing was destroyed"
    })
final class KeysDestroyCommand implements Callable<Integer> {
  private static final int REFUSED = 1;

  @Parameters(index = "0", paramLabel = "KEY", description = "kek, data or digest")
  private KeyKind key = KeyKind.KEK;

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      description = "Which; of data keys, the floor: all with a lower id.")
  private long version;

  @Option(names = "--json", description = "Print the answer as one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try (KeyOffice office = KeyOffice.open()) {
      long destroyed =
          KeyOffice.await(office.get(Rotator.class).destroy(KeyOffice.call(), key, version));
      if (json) {
        Output.json(out -> out.writeNumberField("destroyed", destroyed));
      } else {
        System.out.println(destroyed + " destroyed.");
      }
      return 0;
    } catch (VaultException.KeyNeeded needed) {
      return refused(
          needed.needs() == 0
              ? "it is in force; rotate it first"
              : "still needed by " + needed.needs() + "; run scrip rekey");
    } catch (VaultException.UnknownKey unknown) {
      return refused("there is no such key");
    }
  }

  private static int refused(String why) {
    System.err.println("scrip keys destroy: " + why + ". Nothing was destroyed.");
    return REFUSED;
  }
}
