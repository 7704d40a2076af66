/**
 * The benchmark harness: starts PostgreSQL, the service and the load, each in a process of its own,
 * and prints what they did as ratios within one run. Called by {@code app/bench/run}; no part of
 * the service.
 */
@NullMarked
package io.scrip.bench;

import org.jspecify.annotations.NullMarked;
