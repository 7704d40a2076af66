package io.scrip.bench;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;

/**
 * How long memory takes to answer, which a virtual machine's neighbours and its host's own want of
 * memory can raise a hundredfold, unseen by load average or steal time.
 */
final class MemoryLatency {
  /** More than a processor's cache. */
  static final int MIB = 64;

  private static final int FRESH_MIB = 512;
  private static final int PAGE = 4096;
  private static final int READS = 2_000_000;
  private static final long SEED = 1;

  private MemoryLatency() {}

  /** Of a chain of reads, each of which says where the next is. */
  static double nanos() {
    int[] next = cycle(MIB * 1024 * 1024 / Integer.BYTES);
    int at = follow(next, 0); // once to warm up
    long start = System.nanoTime();
    int end = follow(next, at);
    long took = System.nanoTime() - start;
    return end < 0 ? 0 : (double) took / READS;
  }

  /** Of memory that the system has to find first: a virtual machine's has to ask its host. */
  static double freshPageMicros() {
    long size = FRESH_MIB * 1024L * 1024;
    long start = System.nanoTime();
    try (Arena arena = Arena.ofConfined()) {
      arena.allocate(size); // and set to zero
      return (System.nanoTime() - start) / 1e3 / (size / PAGE);
    }
  }

  private static int follow(int[] next, int from) {
    int at = from;
    for (int i = 0; i < READS; i++) {
      at = next[at];
    }
    return at;
  }

  /** One cycle through all places, by Sattolo's shuffle. */
  private static int[] cycle(int size) {
    int[] next = new int[size];
    for (int i = 0; i < size; i++) {
      next[i] = i;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = size - 1; i > 0; i--) {
      int other = random.nextInt(i);
      int kept = next[i];
      next[i] = next[other];
      next[other] = kept;
    }
    return next;
  }
}
