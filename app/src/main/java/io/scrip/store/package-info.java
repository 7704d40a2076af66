/**
 * JDBC on H2 and PostgreSQL: one class per port, migrations per dialect. Called through the ports
 * of vault, journal, crypto and audit. The only place that knows SQL; it decides nothing and never
 * sees a plaintext.
 */
@NullMarked
package io.scrip.store;

import org.jspecify.annotations.NullMarked;
