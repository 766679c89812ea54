package io.tokensync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KnownKeys;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.testkit.golden.Golden;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a document tells to type exists, options and targets and all; {@link DocumentCommandsIT} runs what can be run. */
class DocumentCommandsTest {
    /** Those whose blocks tests look at; Java stands in an exercise for the reader. */
    private static final Set<String> LANGUAGES = Set.of("sh", "sql", "json", "java", "");
    private static final Pattern KEY = Pattern.compile("`((?:kafka|topics|scanner|enricher|content|writer|monitor|admin"
            + "|local)(?:\\.(?!yaml|sh\\b)[a-z0-9-]+)+)(?:\\.[*…<].*?)?`");
    /** They name packages like that, or a file of the state. */
    private static final Set<String> NAMES_OTHERS = Set.of("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md",
            "docs/adr/056-scanner-status-reads-the-state.md");
    private static final Set<String> PHASES = Set.of("clean", "test", "package", "verify");
    /** Maven's own, and those of the plugins that the commands name. */
    private static final Set<String> PROPERTIES = Set.of("newVersion", "generateBackupPoms", "maven.surefire.debug",
            "maven.failsafe.debug", "test", "surefire.failIfNoSpecifiedTests");

    static List<DocumentCommand> ours() throws IOException {
        return of(DocumentCommand.TOKENSYNC);
    }

    static List<DocumentCommand> make() throws IOException {
        return of("make");
    }

    static List<DocumentCommand> maven() throws IOException {
        return Stream.concat(of("mvn").stream(), of("./mvnw").stream()).toList();
    }

    static List<DocumentCommand> benchmarks() throws IOException {
        return of("./bench");
    }

    @Test
    void nothingElseIsTyped() throws IOException {
        assertThat(DocumentCommands.all()).filteredOn(command -> command.notRun().isEmpty())
                .extracting(DocumentCommand::program)
                .containsOnly(DocumentCommand.TOKENSYNC, "make", "mvn", "./mvnw", "./bench");
    }

    @Test
    void thereIsATestForTheBlocksOfEveryLanguage() throws IOException {
        DocumentCommands.documents().forEach((document, text) -> assertThat(DocumentCommands.blocks(text)
                .map(block -> block.group(3))).as(document).isSubsetOf(LANGUAGES));
    }

    /** Whoever adds a command that no test runs changes this list, and with it says why. */
    @Test
    void onlyTheseAreNotRun() throws IOException {
        StringBuilder text = new StringBuilder();
        DocumentCommands.all().stream().filter(command -> command.notRun().isPresent())
                .map(command -> command.document() + ": " + String.join(" ", command.words()) + " ("
                        + command.notRun().orElseThrow() + ")\n")
                .sorted().distinct().forEach(text::append);
        Golden.files().check("document-commands.txt", text.toString());
    }

    @ParameterizedTest
    @MethodSource("ours")
    void theCommandLineTakesIt(DocumentCommand command) {
        String[] arguments = command.arguments().stream().map(DocumentCommandsTest::without).toArray(String[]::new);
        try {
            Main.commandLine().parseArgs(arguments);
        } catch (MissingParameterException e) {
            // A sentence leaves out what does not matter to it; a block is typed as it stands.
            assertThat(command.inText()).as(e.getMessage()).isTrue();
        } catch (ParameterException e) {
            throw new AssertionError(command + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void theReasonsOfDeadLettersExist(DocumentCommand command) {
        int option = command.words().indexOf("--reason");
        if (option >= 0) {
            assertThat(Stream.concat(Stream.of("REASON"), Stream.of(RejectionReason.values())
                    .map(RejectionReason::code))).contains(command.words().get(option + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("make")
    void theTargetTheModuleAndTheTestExist(DocumentCommand command) throws IOException {
        String makefile = Files.readString(DocumentCommands.ROOT.resolve("Makefile"));
        Path module = DocumentCommands.ROOT;
        for (String word : command.arguments()) {
            if (word.startsWith("MODULE=")) {
                module = module.resolve(word.substring(7));
                assertThat(module.resolve("pom.xml")).exists();
            } else if (word.matches("(TEST|IT)=.*")) {
                String name = word.replaceFirst("^.*?=", "").replaceFirst("#.*", "");
                try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
                    assertThat(files.map(file -> file.getFileName().toString())).contains(name + ".java");
                }
            } else if (word.startsWith("BENCH=")) {
                assertBenchmark(word.substring(6));
            } else if (!word.matches("-n|TARGET|…")) {
                assertThat(makefile).containsPattern("(?m)^" + Pattern.quote(word) + ":.* ## ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maven")
    void theProfileThePhaseAndThePropertyExist(DocumentCommand command) throws IOException {
        String pom = Files.readString(DocumentCommands.ROOT.resolve("pom.xml"));
        List<String> words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-P")) {
                assertThat(pom).contains("<id>" + word.substring(2) + "</id>");
            } else if (word.startsWith("-D")) {
                assertProperty(word.substring(2).replaceFirst("=.*", ""));
            } else if (word.matches("-f|-pl")) {
                assertThat(DocumentCommands.ROOT.resolve(words.get(++i))).exists();
            } else if (word.contains(":")) {
                assertThat(word).isIn("versions:set", "dependency:copy-dependencies", "spotless:apply");
            } else if (!word.matches("-B|-am")) {
                assertThat(PHASES).contains(word);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void theBenchmarkExists(DocumentCommand command) throws IOException {
        List<String> names = command.arguments().stream().takeWhile(word -> !word.startsWith("-")).toList();
        assertBenchmark(String.join("-", names));
        String help = Files.readString(help(String.join("-", names)));
        assertThat(command.arguments()).filteredOn(word -> word.startsWith("-")).allMatch(help::contains);
    }

    /** The table of all commands in operations.md: an option in a row is one of a command in it. */
    @Test
    void theTableOfCommandsNamesOptionsThatThereAre() throws IOException {
        String table = DocumentCommands.documents().get("docs/operations.md").replaceFirst("(?s).*\n## Commands\n", "");
        Matcher row = Pattern.compile("(?m)^\\| (`[a-z].*?`.*?) \\|.*\\| (.*) \\|$").matcher(table);
        while (row.find()) {
            String first = row.group(1).replaceAll("[`,]", "");
            String helps = Stream.of(first.split(" ", -1)).map(DocumentCommandsTest::helps).reduce("", String::concat);
            Matcher option = Pattern.compile("--[a-z-]+").matcher(row.group(2).replace("`--sql…`", ""));
            assertThat(option.results().map(it -> it.group())).as(row.group()).allMatch(helps::contains);
        }
    }

    /** Keys of the configuration that a sentence names, or a group of them. */
    @Test
    void theKeysOfTheConfigurationExist() throws IOException {
        Map<String, String> documents = DocumentCommands.documents();
        documents.keySet().removeAll(NAMES_OTHERS);
        documents.forEach((document, text) -> assertThat(KEY.matcher(text).results().map(key -> key.group(1))
                .filter(key -> KnownKeys.all().stream().noneMatch(known -> isOrHolds(known, key)))).as(document)
                .isEmpty());
    }

    private static boolean isOrHolds(ConfigKey<?> known, String key) {
        return known.name().equals(key) || known.name().equals(key.replaceFirst("-file$", ""))
                || known.name().startsWith(key + ".") || (known.type().isMap() && key.startsWith(known.name() + "."));
    }

    private static List<DocumentCommand> of(String program) throws IOException {
        return DocumentCommands.all().stream().filter(command -> command.program().equals(program)).toList();
    }

    /** Without the dots that stand for more of the same, and with something of the right type for what is to be put in. */
    private static String without(String word) {
        return switch (word) {
            case "COMMAND" -> "status";
            case "ROLE" -> "writer";
            case "TIME-OF-THE-BACKUP" -> "6h";
            case "…" -> "SELECT 1";
            default -> word.replace("…", "");
        };
    }

    private static void assertProperty(String name) throws IOException {
        if (PROPERTIES.contains(name)) {
            return;
        }
        try (Stream<Path> files = Files.walk(DocumentCommands.ROOT, 12)) {
            assertThat(files.filter(file -> file.toString().matches(".*(pom\\.xml|\\.java)")))
                    .anyMatch(file -> read(file).contains(name));
        }
    }

    private static void assertBenchmark(String name) {
        assertThat(help(name)).exists();
    }

    private static Path help(String name) {
        return DocumentCommands.ROOT.resolve("benchmarks/src/test/resources/golden/help")
                .resolve(name.isEmpty() ? "bench.txt" : "bench-" + name + ".txt");
    }

    /** What the command and its subcommands say of themselves. */
    private static String helps(String name) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden/help"))) {
            return files.filter(file -> file.getFileName().toString().matches(name + "(-.*)?\\.txt")).map(
                    DocumentCommandsTest::read).reduce("", String::concat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
