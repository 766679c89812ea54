package io.tokensync.cli.terminal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** How much this run logs: options of the program that each of its commands takes as well. */
@Command
public final class LogOptions {
    /** Of the mixin. */
    public static final String NAME = "logging";

    @Option(names = {"-v",
            "--verbose"}, scope = ScopeType.INHERIT, description = "Log more in this run, as TOKENSYNC_LOG_LEVEL=debug does.")
    private boolean verbose;

    @Option(names = {"-q", "--quiet"}, scope = ScopeType.INHERIT, description = "Log only what is wrong.")
    private boolean quiet;

    /** Lets a program without annotations take them. */
    public static void into(CommandSpec program) {
        program.addMixin(NAME, CommandSpec.forAnnotatedObject(new LogOptions()));
    }

    /**
     * Does what the command line says.
     *
     * @throws ParameterException when it contradicts itself
     */
    public static void apply(ParseResult parsed) {
        CommandSpec program = parsed.commandSpec();
        LogOptions options = (LogOptions) program.mixins().get(NAME).userObject();
        if (options.verbose && options.quiet) {
            throw new ParameterException(program.commandLine(), "--verbose and --quiet exclude each other");
        }
        Logging.ofThisRun(options.verbose, options.quiet);
    }
}
