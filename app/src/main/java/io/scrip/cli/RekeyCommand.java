package io.scrip.cli;

import io.scrip.vault.KeyReader;
import io.scrip.vault.RekeyConfig;
import io.scrip.vault.RekeyJob;
import io.scrip.vault.RekeyKind;
import io.scrip.vault.Rekeyer;
import io.scrip.vault.Rotator;
import io.scrip.vault.VaultException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip rekey}: brings what is under old keys under those in force. */
@Command(
    name = "rekey",
    mixinStandardHelpOptions = true,
    description = {
      "Brings what is under old keys under those in force, and shows how far it has come. Works on the job itself",
      "unless an instance of the service does. Interrupted or killed, it goes on where it was, here or there."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done: nothing is left under an old key",
      "1:incomplete: some did not open, and were left as they were"
    })
final class RekeyCommand implements Callable<Integer> {
  private static final int INCOMPLETE = 1;

  /** How often to look at a job that another process works on. */
  private static final Duration LOOK = Duration.ofMillis(500);

  @Option(
      names = "--what",
      defaultValue = "all",
      paramLabel = "WHAT",
      description = {
        "rewrap: data keys, to the newest key encryption key (cheap)",
        "reseal: records, under new data keys",
        "redigest: digests, under the newest digest key",
        "all (default)"
      })
  private RekeyKind what = RekeyKind.ALL;

  @Option(
      names = "--rate",
      defaultValue = "0",
      paramLabel = "ROWS",
      description = "At most so many rows a second; 0 (default): as fast as it goes.")
  private int rate;

  @Option(names = "--detach", description = "Start the job and leave it to the service.")
  private boolean detach;

  @Option(names = "--json", description = "Print the job as one JSON object, and no bar.")
  private boolean json;

  @Override
  public Integer call() {
    try (KeyOffice office = KeyOffice.open(Map.of("scrip.rekey.max-rows-per-second", rate))) {
      RekeyJob job = start(office);
      RekeyJob ended = detach ? job : follow(office, job);
      report(ended);
      return ended.state() == RekeyJob.State.INCOMPLETE ? INCOMPLETE : 0;
    }
  }

  private RekeyJob start(KeyOffice office) {
    try {
      return KeyOffice.await(office.get(Rotator.class).rekey(KeyOffice.call(), what));
    } catch (VaultException.RekeyRunning running) {
      System.err.println("A job is running already; this is how far it has come.");
      return KeyOffice.await(office.get(KeyReader.class).jobs(KeyOffice.call(), 1)).getFirst();
    }
  }

  private RekeyJob follow(KeyOffice office, RekeyJob started) {
    RekeyJob job = started;
    try (Progress bar = json ? _ -> {} : bar(job)) {
      while (job.endedAt().isEmpty()) {
        LockSupport.parkNanos(step(office).toNanos());
        job = office.get(Rekeyer.class).job(job.id());
        bar.stepTo(job.done());
      }
    }
    return job;
  }

  /** Where the job's progress is shown. */
  private interface Progress extends AutoCloseable {
    void stepTo(long done);

    @Override
    default void close() {}
  }

  /** A batch, unless another process has the job. */
  private static Duration step(KeyOffice office) {
    try {
      return office
          .get(Rekeyer.class)
          .step()
          .map(office.get(RekeyConfig.class)::pause)
          .orElse(LOOK);
    } catch (Rekeyer.LostLease another) {
      return LOOK;
    }
  }

  private static Progress bar(RekeyJob job) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(job.kind().word())
            .setInitialMax(job.total())
            .startsFrom(job.done(), Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis((int) LOOK.toMillis())
            .showSpeed()
            .build();
    return new Progress() {
      @Override
      public void stepTo(long done) {
        bar.stepTo(done);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  private void report(RekeyJob job) {
    if (json) {
      Output.json(
          out -> {
            out.writeNumberField("id", job.id());
            out.writeStringField("what", job.kind().word());
            out.writeStringField("state", job.state().word());
            out.writeNumberField("total", job.total());
            out.writeNumberField("done", job.done());
            out.writeNumberField("failed", job.failed());
          });
    } else {
      System.out.printf(
          "Job %d (%s) is %s: %d of %d, %d failed.%n",
          job.id(), job.kind().word(), job.state().word(), job.done(), job.total(), job.failed());
    }
  }
}
