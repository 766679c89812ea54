package io.tokensync.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every benchmark is asked for and answers; mixed into each benchmark's command. */
public final class BenchOptions {
    /** Exit code: every target is reached. */
    private static final int HOLDS = 0;
    /** Exit code: a target is missed. */
    private static final int FALLS_SHORT = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures to this file too")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--dir", paramLabel = "DIR", description = "where the benchmark's files are made and removed again (default: the system's temporary directory)")
    private Optional<Path> directory = Optional.empty();

    private final Machine machine = Machine.here();

    /** Says what the benchmark is doing now. */
    public void say(String what) {
        PrintWriter out = command.commandLine().getOut();
        out.println(what);
        out.flush();
    }

    /** A directory of its own for this run, which is removed when it is closed. */
    public BenchDirectory directory() throws IOException {
        return BenchDirectory.create(directory);
    }

    /** Prints the figures, writes them to the file that was asked for, and returns the exit code. */
    public int report(List<Measurement> measurements) throws IOException {
        BenchReport report = new BenchReport(command.name(), machine, measurements);
        say("");
        report.lines().forEach(this::say);
        if (json.isPresent()) {
            Files.writeString(json.orElseThrow(), report.json() + System.lineSeparator());
        }
        return report.holds() ? HOLDS : FALLS_SHORT;
    }
}
