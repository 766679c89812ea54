package io.tokensync.cli.deadletter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code dlq}: the dead letters. */
@Command(name = "dlq", mixinStandardHelpOptions = true, description = "Lists, shows, sends back or deletes dead-lettered rows and records.", subcommands = {
        ListCommand.class, ShowCommand.class, RedriveCommand.class, PurgeCommand.class})
public final class DlqCommand implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
