/**
 * What an operator watches: rates, refusals, reveals, the journal's depth and pace, the audit
 * chains, ages of keys, token space left. Listens to the journal and to refusals, and reads gauges.
 * No label ever holds a tenant, a subject, a client or anything else that a caller can choose.
 */
@NullMarked
package io.scrip.metrics;

import org.jspecify.annotations.NullMarked;
