/**
 * One commit for many callers: effects and their audit events together. The vault puts entries in
 * and gets a future that completes after the commit. It knows neither SQL nor what an entry means,
 * and never answers before the trail is durable.
 */
@NullMarked
package io.scrip.journal;

import org.jspecify.annotations.NullMarked;
