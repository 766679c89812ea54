package io.tokensync.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.config.ConfiguredStage.Offered;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.testkit.golden.Golden;

import static org.assertj.core.api.Assertions.assertThat;

/** The files to begin with: right as they are written, complete, and right with everything set that has a default. */
class InitCommandTest {
    /** A key that is commented out, with or without a value. */
    private static final Pattern COMMENTED = Pattern.compile("(?m)^( *)#((?:  )*[a-z0-9-]+:.*)$");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ConfiguredStage.class)
    void theFilePassesTheCheckOfItsStage(ConfiguredStage stage) {
        Path file = written(stage);
        CommandLineOutput check = check(stage, file);
        assertThat(check.exitCode()).as(check.err()).isEqualTo(ExitCode.DONE);
        assertThat(check.out()).contains(stage.needed().keySet());
    }

    /** Each default, written out, is the same value as the key has without it. */
    @ParameterizedTest
    @EnumSource(ConfiguredStage.class)
    void withEveryDefaultWrittenOutTheSettingsAreTheSame(ConfiguredStage stage) throws IOException {
        Path file = written(stage);
        String before = values(check(stage, file).out());
        // these two are the monitor's only beside an address of a database, which has no default
        String text = Files.readString(file).replaceAll(
                stage == ConfiguredStage.monitor ? "(?s)query-timeout: .*?connect-timeout: \\w+" : "$^", "x:");
        Files.writeString(file, withoutEmptyLevels(COMMENTED.matcher(text).replaceAll("$1$2")));
        CommandLineOutput check = check(stage, file);
        assertThat(check.exitCode()).as(check.err()).isEqualTo(ExitCode.DONE);
        assertThat(values(check.out())).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(ConfiguredStage.class)
    void everyKeyOfTheStageStandsInItOnce(ConfiguredStage stage) throws IOException {
        Path file = written(stage);
        Set<String> found = new TreeSet<>();
        Files.writeString(file, filled(COMMENTED.matcher(Files.readString(file)).replaceAll("$1$2")));
        SettingsLayers.read(file).keys().forEach(key -> found.add(key.replaceFirst("-file$", "")));
        Set<String> expected = stage.keys().stream().map(Offered::key).filter(key -> !key.type().isMap())
                .map(key -> key.name().replaceFirst("-file$", "")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource(ConfiguredStage.class)
    void itLooksLikeThis(ConfiguredStage stage) throws IOException {
        String text = Files.readString(written(stage));
        assertThat(text.lines()).allMatch(line -> line.length() <= 130);
        Golden.files().check("config-init/" + stage + ".yaml",
                text.replaceFirst("written by tokensync .*: config", "written by tokensync VERSION: config"));
    }

    @Test
    void anExistingFileIsReplacedOnlyWhenAskedFor() throws IOException {
        Path file = Files.writeString(directory.resolve("writer.yaml"), "mine");
        CommandLineOutput kept = CommandLineOutput.of("config", "init", "--stage", "writer", "--out", file.toString());
        assertThat(kept.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(kept.err()).contains(file.toString(), "--force");
        assertThat(file).hasContent("mine");
        CommandLineOutput replaced = CommandLineOutput.of("config", "init", "--stage", "writer", "--out",
                file.toString(), "--force");
        assertThat(replaced.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).startsWith("# Configuration of tokensync writer");
    }

    @Test
    void withoutAFileItIsWrittenToStandardOutputAndNothingElseIs() throws IOException {
        assertThat(CommandLineOutput.of("config", "init", "--stage", "scanner").out())
                .isEqualTo(Files.readString(written(ConfiguredStage.scanner)));
    }

    @Test
    void whatCannotBeWrittenAndAStageThatThereIsNotAreSaid() {
        CommandLineOutput nowhere = CommandLineOutput.of("config", "init", "--stage", "writer", "--out",
                directory.resolve("none/writer.yaml").toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(nowhere.err()).contains("none/writer.yaml cannot be written");
        CommandLineOutput unknown = CommandLineOutput.of("config", "init", "--stage", "reader");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("reader", "scanner, enricher, writer, monitor, local");
    }

    private Path written(ConfiguredStage stage) {
        Path file = directory.resolve(stage + ".yaml");
        CommandLineOutput output = CommandLineOutput.of("config", "init", "--stage", stage.toString(), "--out",
                file.toString());
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).contains("tokensync " + stage + " --config " + file + " --check-config");
        return file;
    }

    private static CommandLineOutput check(ConfiguredStage stage, Path file) {
        return CommandLineOutput.of(stage.toString(), "--config", file.toString(), "--check-config");
    }

    /** Keys and values, without where they come from; what is empty may be not set or an empty list. */
    private static String values(String table) {
        return table.lines().map(line -> line.replaceFirst(" +(default|not set|line \\d+|given)$", "").strip())
                .sorted().collect(Collectors.joining("\n"));
    }

    /** Until there are none: a level whose keys have no values is one without a value itself. */
    private static String withoutEmptyLevels(String yaml) {
        List<String> lines = yaml.lines().filter(line -> !line.strip().startsWith("#") && !line.isBlank()).toList();
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean level = lines.get(i).endsWith(":");
            boolean below = i + 1 < lines.size() && indentation(lines.get(i + 1)) > indentation(lines.get(i));
            if (!level || below) {
                kept.append(lines.get(i)).append('\n');
            }
        }
        return kept.length() == String.join("\n", lines).length() + 1
                ? kept.toString()
                : withoutEmptyLevels(kept.toString());
    }

    /** With a value for each key that has none. */
    private static String filled(String yaml) {
        List<String> lines = yaml.lines().filter(line -> !line.strip().startsWith("#") && !line.isBlank()).toList();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean below = i + 1 < lines.size() && indentation(lines.get(i + 1)) > indentation(lines.get(i));
            all.append(lines.get(i)).append(lines.get(i).endsWith(":") && !below ? " x\n" : "\n");
        }
        return all.toString();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }
}
