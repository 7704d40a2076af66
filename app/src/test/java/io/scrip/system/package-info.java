/**
 * The whole program, started as its own process the way an operator starts it, and then treated as the world treats it:
 * stopped, killed, doubled, misconfigured, and given a database that someone has written to.
 */
@NullMarked
package io.scrip.system;

import org.jspecify.annotations.NullMarked;
