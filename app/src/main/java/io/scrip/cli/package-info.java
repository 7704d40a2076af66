/**
 * The operator's commands: serve, migrate, keys, audit verify, auth0 sync-keys. Called from the
 * shell. It prints no secret and decides nothing that the service would decide otherwise.
 */
@NullMarked
package io.scrip.cli;

import org.jspecify.annotations.NullMarked;
