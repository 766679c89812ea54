package io.tokensync.cli.config;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code config}: what has to do with configuration files and needs none. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Writes a configuration file to begin with.", subcommands = InitCommand.class)
public final class ConfigCommand implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
