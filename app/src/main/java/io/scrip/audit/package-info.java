/**
 * What happened: events, the hash chain they stand in, its signed checkpoints, and the check of an
 * exported trail. The journal appends to it, the operator's commands verify it. It never records a
 * value, a token or a key.
 */
@NullMarked
package io.scrip.audit;

import org.jspecify.annotations.NullMarked;
