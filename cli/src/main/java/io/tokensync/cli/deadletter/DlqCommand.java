package io.tokensync.cli.deadletter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code dlq}: what was put aside. */
@Command(name = "dlq", mixinStandardHelpOptions = true, description = "Lists, shows, sends back or deletes the rows and records that were put aside.", subcommands = {
        ListCommand.class, ShowCommand.class, SendBackCommand.class, PurgeCommand.class})
public final class DlqCommand implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
