package io.tokensync.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.simulator.Churn;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.demo.jdbc.EmbeddedConnection;
import io.tokensync.standalone.demo.jdbc.TableVerdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs of {@code local} over simulated nodes, in this process, and what is asked of their data directory.
 *
 * @param directory under which nodes and data are
 */
record LocalRuns(Path directory) {
    static final String SOURCE_IP = "10.1.1.1";
    private static final Pattern ROWS = Pattern.compile("rows +([\\d,]+) read = ([\\d,]+) published");

    CommandLineOutput local(String... more) {
        return CommandLineOutput.of(Stream.concat(Arrays.stream(arguments(true)), Arrays.stream(more))
                .toArray(String[]::new));
    }

    long count(String condition) {
        CommandLineOutput output = CommandLineOutput.of("query", "--data", data().toString(), "--format", "csv",
                "SELECT COUNT(*) FROM TokenRecords WHERE " + condition);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        return output.out().lines().skip(1).mapToLong(Long::parseLong).findFirst().orElseThrow();
    }

    CommandLineOutput refetch(String where, String... more) {
        String[] arguments = {"refetch", "--data", data().toString(), "--where", where};
        return CommandLineOutput
                .of(Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new));
    }

    String[] arguments(boolean once) {
        String[] following = {"local", "--nodes", nodes().toString(), "--data", data().toString(), "--source-ip",
                SOURCE_IP};
        if (!once) {
            return following;
        }
        String[] arguments = Arrays.copyOf(following, following.length + 1);
        arguments[following.length] = "--once";
        return arguments;
    }

    Truth churn(int steps) throws Exception {
        try (Churn churn = Churn.open(nodes())) {
            for (int step = 0; step < steps; step++) {
                churn.step();
            }
            return churn.save();
        }
    }

    void assertTruth(Truth truth) throws Exception {
        TableVerdict verdict = EmbeddedConnection.check(data(), truth, SOURCE_IP);
        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    }

    static long published(CommandLineOutput output) {
        Matcher rows = ROWS.matcher(output.out());
        assertThat(rows.find()).as(output.out() + output.err()).isTrue();
        return Long.parseLong(rows.group(2).replace(",", ""));
    }

    Path nodes() {
        return directory.resolve("nodes");
    }

    Path data() {
        return directory.resolve("data");
    }
}
