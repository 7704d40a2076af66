package io.scrip.cli;

import picocli.CommandLine.Command;

/** {@code scrip auth0}: what the gateway has to know of the tenant. */
@Command(
    name = "auth0",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Keeps the gateway's credentials like the tenant's signing keys.",
    subcommands = SyncKeysCommand.class)
final class Auth0Command {}
