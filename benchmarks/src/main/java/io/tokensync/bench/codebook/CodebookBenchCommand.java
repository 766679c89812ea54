package io.tokensync.bench.codebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Measurement;

/** {@code bench codebook}: builds the codebook of all levels in a process of its own, then looks tokens up in this one. */
@Command(name = "codebook", mixinStandardHelpOptions = true, description = "Measures building the codebook and looking tokens up in it.")
public final class CodebookBenchCommand implements Callable<Integer> {
    private static final String ALL_LEVELS = "0-78";

    @Option(names = "--file", paramLabel = "FILE", description = "look up in this codebook instead of building one")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--lookups", paramLabel = "N", description = "lookups that are measured (default: ${DEFAULT-VALUE})")
    private int lookups = 1_000_000;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BenchDirectory directory = options.directory()) {
            List<Measurement> measurements = new ArrayList<>();
            Path book = file.orElse(null);
            if (book == null) {
                options.say("building the codebook of all levels ...");
                CodebookFile built = CodebookFile.build(directory.path(), ALL_LEVELS);
                measurements.addAll(built.measurements());
                book = built.path();
            }
            options.say("looking up ...");
            measurements.addAll(CodebookLookups.measure(book, lookups).measurements());
            return options.report(measurements);
        }
    }
}
