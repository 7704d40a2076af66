/**
 * The whole program, started as its own process the way an operator starts it, and then treated as
 * the world treats it: stopped, killed, doubled, misconfigured, and given a database that someone
 * has written to.
 */
package io.scrip.system;
