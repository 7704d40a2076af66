package io.scrip.bench;

/** Percentiles in milliseconds. */
record Latency(double p50, double p99, double p999) {}
