package io.tokensync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

import io.tokensync.cli.terminal.ExitCode;

/** {@code tokensync bench}, whatever follows it: says where the benchmarks are. */
@Command(name = "bench", hidden = true, description = "Has a launcher of its own: ./bench.")
final class MovedBenchCommand implements Callable<Integer> {
    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        System.err.println(("benchmarks have a launcher of their own, in a checkout of the project: ./bench "
                + String.join(" ", arguments)).stripTrailing());
        return ExitCode.USAGE;
    }
}
