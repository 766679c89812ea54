package io.tokensync.bench.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.tokensync.testkit.golden.Golden;

/** What {@code ./bench} and each benchmark say of themselves. */
class BenchHelpGoldenTest {
    @Test
    void theHelpOfEveryBenchmark() {
        Map<String, CommandLine> commands = new TreeMap<>();
        collect("bench", BenchCommand.commandLine(), commands);
        List<String> files = new ArrayList<>();
        commands.forEach((path, command) -> {
            files.add(path + ".txt");
            Golden.files().check("help/" + files.getLast(), command.getUsageMessage(CommandLine.Help.Ansi.OFF));
        });
        Golden.files().checkNoOthers("help", files);
    }

    private static void collect(String path, CommandLine command, Map<String, CommandLine> into) {
        into.put(path, command);
        command.getSubcommands().forEach((name, subcommand) -> collect(path + "-" + name, subcommand, into));
    }
}
