package io.tokensync.bench.writer;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;

/** {@code bench writer}: from the broker into the table, on SQLite or on any SQL Server. */
@Command(name = "writer", mixinStandardHelpOptions = true, subcommands = {ReaderBenchCommand.class,
        HistoryBenchCommand.class}, description = {
                "Measures the writer from the broker into the table, beside hand-written loaders of the same rows.",
                "It makes the tables where they are missing, writes rows of the machine 'bench' only, and removes them again."})
public final class WriterBenchCommand implements Callable<Integer> {
    @Option(names = "--sql", paramLabel = "URL", description = "JDBC address of a database with user and password (default: SQLite in a file of its own)")
    private Optional<String> sql = Optional.empty();

    @Option(names = "--rows", paramLabel = "N", description = "rows of each phase (default: ${DEFAULT-VALUE})")
    private int rows = 200_000;

    @Option(names = "--threads", paramLabel = "N", description = "threads of the writer, each with a connection; the hand-written loader has as many connections (default: ${DEFAULT-VALUE})")
    private int threads = 2;

    @Option(names = "--outage", paramLabel = "SECONDS", description = "how long a database with a server is away, in real time (default: ${DEFAULT-VALUE})")
    private int outageSeconds = 60;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory()) {
            String address = sql.orElse("jdbc:sqlite:" + directory.path().resolve("tokens.db"));
            WriterBench bench = new WriterBench(options, address, rows, threads, Duration.ofSeconds(outageSeconds),
                    Clock.systemUTC());
            return options.report(bench.run(directory.path()));
        }
    }
}
