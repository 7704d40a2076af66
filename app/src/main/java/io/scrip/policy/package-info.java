/**
 * Who may do what: an action, a permit, or a denial with its reason. The vault asks it before every
 * effect. It compares permissions exactly, reads no store, and has no way to say anything but yes
 * or no.
 */
@NullMarked
package io.scrip.policy;

import org.jspecify.annotations.NullMarked;
