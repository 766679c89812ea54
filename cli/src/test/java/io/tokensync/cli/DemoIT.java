package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.testkit.postgres.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

class DemoIT {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

    @TempDir
    Path directory;

    @Test
    void theDemoProvesItsTableRight() {
        assertThat(demo()).isEqualTo(ExitCode.DONE);
    }

    /** What a newcomer types next shows something. */
    @Test
    void whatItProposesAndTheReadmesFirstLookReturnRows() throws IOException {
        CommandLineOutput demo = CommandLineOutput.of(arguments());
        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isEqualTo(ExitCode.DONE);
        List<List<String>> proposed = commands(demo.out());
        assertThat(proposed).anySatisfy(command -> assertThat(command).contains("query"))
                .anySatisfy(command -> assertThat(command).contains("audit", "free_on_several_nodes"));
        for (List<String> command : proposed) {
            assertShowsRows(command);
        }
        List<List<String>> firstLook = commands(firstLook());
        assertThat(firstLook).hasSize(1);
        for (List<String> command : firstLook) {
            assertShowsRows(command);
        }
    }

    private void assertShowsRows(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.replaceAll(argument -> argument.equals("tokensync-demo/data") ? data().toString() : argument);
        if (arguments.removeAll(List.of("csv"))) {
            arguments.remove("--format");
        }
        CommandLineOutput output = CommandLineOutput.of(Stream.concat(arguments.stream(), Stream.of("--format", "csv"))
                .toArray(String[]::new));
        assertThat(output.exitCode()).as(output.err()).isIn(ExitCode.DONE, ExitCode.INCOMPLETE);
        assertThat(output.out().lines()).as(arguments.toString()).hasSizeGreaterThan(1);
    }

    private static String firstLook() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String chapter = readme.substring(readme.indexOf("## A first look at the result"));
        String block = chapter.substring(chapter.indexOf("```sh") + 5);
        return block.substring(0, block.indexOf("```")).replace("\\\n", " ");
    }

    /** The arguments of each command in the text. */
    private static List<List<String>> commands(String text) {
        List<List<String>> commands = new ArrayList<>();
        text.lines().map(String::strip).filter(line -> line.startsWith("./tokensync ")).forEach(line -> {
            List<String> arguments = new ArrayList<>();
            WORD.matcher(line).results().forEach(word -> arguments
                    .add(word.group(1) == null ? word.group() : word.group(1)));
            commands.add(arguments.subList(1, arguments.size()));
        });
        return commands;
    }

    private Path data() {
        return directory.resolve("demo/data");
    }

    @Test
    void aSecondDemoReplacesTheFirst() {
        demo();
        assertThat(demo()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void withAPostgresThereAreNodesOfV1Too() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), PostgresServer.PASSWORD);
        try (PostgresServer server = PostgresServer.start()) {
            CommandLineOutput demo = CommandLineOutput.of(Stream.concat(Stream.of(arguments()),
                    Stream.of("--postgres", server.host() + ":" + server.port(), "--postgres-password-file",
                            password.toString()))
                    .toArray(String[]::new));
            assertThat(demo.exitCode()).as(demo.out() + demo.err()).isEqualTo(ExitCode.DONE);
            assertThat(demo.out()).contains("and 1,000 on 2 nodes of Rubix v1")
                    .doesNotContain(PostgresServer.PASSWORD);
        }
    }

    @Test
    void aPostgresThatAsksForNoPasswordGetsNone() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            server.authenticateBy("trust");
            CommandLineOutput demo = CommandLineOutput.of(Stream.concat(Stream.of(arguments()),
                    Stream.of("--postgres", server.host() + ":" + server.port())).toArray(String[]::new));
            assertThat(demo.exitCode()).as(demo.out() + demo.err()).isEqualTo(ExitCode.DONE);
            assertThat(demo.out()).contains("on 2 nodes of Rubix v1");
        }
    }

    private int demo() {
        return Main.run(arguments());
    }

    private String[] arguments() {
        return new String[]{"demo", "--dir", directory.resolve("demo").toString(), "--tokens", "3000", "--nodes", "6"};
    }
}
