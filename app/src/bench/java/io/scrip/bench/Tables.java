package io.scrip.bench;

import java.util.List;

/** All that can be measured, in an order in which no table disturbs the next. */
final class Tables {
  /**
   * The order matters in two places: tokenize makes the store grow, in which detokenize looks up;
   * and by then the service is warm for encrypt.
   */
  static final List<Tables.Entry> ALL =
      List.of(
          full("disk", "What one sync costs, as the disk is and slowed", new DiskTable()),
          always(
              "detokenize",
              "Detokenize at 64, 16 and 1 clients and in batches, against pgbench; latency at half of the peak",
              CallTable.detokenize()),
          always("tokenize", "Tokenize, measured alike", CallTable.tokenize()),
          always(
              "echo",
              "The bare server, with and without token check; encrypt against it",
              new EchoTable()),
          always("slow", "Both once more, each sync slowed by 1 ms", CallTable.slowed()),
          always("h2", "H2, the newcomer's database", new H2Table()),
          always("start", "From the start to the first 200", new StartTable()),
          full("instances", "1, 2 and 4 instances on one database", new InstancesTable()),
          full("memory", "Memory under full load", new MemoryTable()),
          full("micro", "The steps of a call, by JMH", new MicroTable()),
          named(
              "growth",
              "A lookup with 10 k to 10 M tokens stored; takes some 25 GB of disk",
              new GrowthTable()));

  private Tables() {}

  /** In which runs a table is measured without being named. */
  enum When {
    ALWAYS(""),
    FULL(" (not with --quick, unless named)"),
    NAMED(" (only when named)");

    private final String words;

    When(String words) {
      this.words = words;
    }
  }

  /** A table with its name on the command line, and its heading on the page. */
  record Entry(String name, String heading, When when, Table table) {
    String help() {
      return "  %-12s%s%s".formatted(name, heading, when.words);
    }

    boolean isIn(boolean quick) {
      return when == When.ALWAYS || when == When.FULL && !quick;
    }
  }

  private static Entry always(String name, String heading, Table table) {
    return new Entry(name, heading, When.ALWAYS, table);
  }

  private static Entry full(String name, String heading, Table table) {
    return new Entry(name, heading, When.FULL, table);
  }

  private static Entry named(String name, String heading, Table table) {
    return new Entry(name, heading, When.NAMED, table);
  }
}
