package io.scrip.vault;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How full the token spaces are, seen from the draws themselves: the share of draws that met a
 * token which exists is the used share of the spaces that are being drawn from, whatever their
 * sizes. A moving average, so that it follows the present.
 */
@Singleton
public final class SpaceMeter {
  /** Tenants' own templates count together: their names are not for a metric's label. */
  public static final String CUSTOM = "custom";

  private static final double WEIGHT = 1.0 / 1024;

  private final Map<String, Used> used = new ConcurrentHashMap<>();

  /** Names of the templates that are counted each for itself. */
  public static Stream<String> builtIns() {
    return BuiltInTemplates.all().stream().map(Template::name);
  }

  void drawn(Template template, boolean collided) {
    used.computeIfAbsent(template.isBuiltIn() ? template.name() : CUSTOM, _ -> new Used())
        .add(collided);
  }

  /** 1 where no draw met a token of late, 0 where each did; 1 where nothing was drawn yet. */
  public double left(String builtInOrCustom) {
    Used share = used.get(builtInOrCustom);
    return share == null ? 1 : 1 - share.average;
  }

  private static final class Used {
    private volatile double average;

    synchronized void add(boolean collided) {
      average += WEIGHT * ((collided ? 1 : 0) - average);
    }
  }
}
