package io.tokensync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.tokensync.testkit.golden.Golden;

/** What every command and subcommand says of itself, and how it ends; scripts and people's habits rest on it. */
class HelpGoldenTest {
    private static final Map<String, CommandLine> COMMANDS = commands();

    @Test
    void theHelpOfEveryCommand() {
        List<String> files = new ArrayList<>();
        COMMANDS.forEach((path, command) -> {
            files.add(path.replaceFirst("^tokensync ", "").replace(' ', '-') + ".txt");
            Golden.files().check("help/" + files.getLast(), command.getUsageMessage(CommandLine.Help.Ansi.OFF));
        });
        Golden.files().checkNoOthers("help", files);
    }

    @Test
    void theExitCodesOfHelpAndOfAnOptionThatThereIsNot() {
        StringBuilder text = new StringBuilder();
        for (String path : COMMANDS.keySet()) {
            text.append(path);
            for (String option : List.of("--help", "--no-such-option")) {
                List<String> arguments = new ArrayList<>(List.of(path.split(" ", -1)));
                arguments.removeFirst();
                arguments.add(option);
                text.append(' ').append(option).append('=')
                        .append(CommandLineOutput.of(arguments.toArray(String[]::new)).exitCode());
            }
            text.append('\n');
        }
        Golden.files().check("exit-codes.txt", text.toString());
    }

    /** All of them by what is typed, in order. */
    private static Map<String, CommandLine> commands() {
        Map<String, CommandLine> commands = new TreeMap<>();
        collect("tokensync", Main.commandLine(), commands);
        return commands;
    }

    private static void collect(String path, CommandLine command, Map<String, CommandLine> into) {
        into.put(path, command);
        command.getSubcommands().forEach((name, subcommand) -> collect(path + " " + name, subcommand, into));
    }
}
