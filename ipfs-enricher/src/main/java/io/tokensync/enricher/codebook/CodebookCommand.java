package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.common.serde.RecordJson;

/**
 * {@code codebook}: makes and checks the file that {@code enricher.codebook.file} names. Exit codes: 0 done, 1 failed, 2
 * usage.
 */
@Command(name = "codebook", mixinStandardHelpOptions = true, description = "Makes and checks the file by which whole tokens are known without IPFS.", subcommands = {
        CodebookCommand.Build.class, CodebookCommand.Verify.class})
public final class CodebookCommand implements Runnable {
    private static final int FAILED = 1;
    private static final double MEGA = 1e6;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Levels as an option. */
    private static final class LevelsConverter implements ITypeConverter<Levels> {
        @Override
        public Levels convert(String value) {
            try {
                return Levels.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Makes the file. */
    @Command(name = "build", mixinStandardHelpOptions = true, description = "Makes a codebook: for all levels in well below two minutes and 225 MB.")
    static final class Build implements Callable<Integer> {
        private static final int STEPS = 10;

        @Option(names = "--levels", paramLabel = "A-B", defaultValue = "0-78", converter = LevelsConverter.class, description = "Levels whose tokens are in it (default: ${DEFAULT-VALUE}).")
        private Levels levels;

        @Option(names = "--out", paramLabel = "FILE", defaultValue = "codebook.bin", description = "The file, which is replaced (default: ${DEFAULT-VALUE}).")
        private Path out;

        @Option(names = "--threads", paramLabel = "N", description = "Threads (default: as many as there are processors).")
        private int threads = Runtime.getRuntime().availableProcessors();

        @Spec
        private CommandSpec spec;

        private final AtomicInteger shown = new AtomicInteger();

        @Override
        public Integer call() {
            try (StopSignal stop = new StopSignal(ShutdownHooks.system())) {
                return build(stop);
            }
        }

        private int build(StopSignal stop) {
            say(spec, String.format(Locale.ROOT, "%,d tokens of level %s", levels.tokens(), levels));
            try {
                new CodebookBuild(levels, out, done -> {
                    stop.sleep(Duration.ZERO);
                    show(done);
                }).run(Math.max(1, threads));
            } catch (IOException e) {
                return fail(spec, e.getMessage());
            } catch (InterruptedException _) {
                return fail(spec, "stopped; nothing is left behind, and what " + out + " was before it still is");
            }
            say(spec, out + " is built; name it in enricher.codebook.file");
            return CommandLine.ExitCode.OK;
        }

        private void show(double done) {
            int step = (int) (done * STEPS);
            if (step > shown.getAndAccumulate(step, Math::max)) {
                say(spec, step * (100 / STEPS) + " %");
            }
        }
    }

    /** Checks the file. */
    @Command(name = "verify", aliases = "info", mixinStandardHelpOptions = true, description = "Checks every byte of a codebook and says what is in it.")
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", defaultValue = "codebook.bin", description = "The codebook (default: ${DEFAULT-VALUE}).")
        private Path file;

        @Option(names = "--json", description = "One JSON document on standard output, and nothing else there.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        /** What {@code --json} shows. */
        private record Contents(String file, String levels, long tokens, long bytes) {}

        @Override
        public Integer call() {
            try {
                Codebook codebook = Codebook.open(file);
                Levels levels = codebook.levels();
                say(spec, json
                        ? RecordJson.pretty(new Contents(file.toString(), levels.toString(), levels.tokens(),
                                codebook.bytes()))
                        : String.format(Locale.ROOT, "%s is whole: %,d tokens of level %s in %.1f MB", file,
                                levels.tokens(), levels, codebook.bytes() / MEGA));
                return CommandLine.ExitCode.OK;
            } catch (IOException e) {
                return fail(spec, e.getMessage());
            }
        }
    }

    private static void say(CommandSpec spec, String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static int fail(CommandSpec spec, String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("codebook: " + message);
        err.flush();
        return FAILED;
    }
}
