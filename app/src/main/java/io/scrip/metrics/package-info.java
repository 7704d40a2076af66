/**
 * What an operator watches: rates, refusals, the journal's depth and pace, token space left.
 * Listens to the journal and reads gauges. No label ever holds a tenant, a subject or anything else
 * that a caller can choose.
 */
@NullMarked
package io.scrip.metrics;

import org.jspecify.annotations.NullMarked;
