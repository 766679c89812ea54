package io.tokensync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands in the documents. Those of a {@code sh} block are run, unless a comment in the line above it says why not:
 * {@code <!-- not run: why -->} of all, {@code <!-- not run (words): why -->} of those that have these words.
 */
final class DocumentCommands {
    static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern
            .compile("(?ms)(?:^ *<!-- not run(?: \\(([^)]*)\\))?: ([^>]*) -->\\n)?^ *```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|\\S)+");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_]+=.*");
    private static final Set<String> OTHERS = Set.of("make", "mvn", "./mvnw", "./bench");

    private DocumentCommands() {}

    /** The documents by their name below the root. */
    static Map<String, String> documents() throws IOException {
        Map<String, String> documents = new TreeMap<>();
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> decisions = Files.list(ROOT.resolve("docs/adr"))) {
            Stream.of(Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md").map(ROOT::resolve),
                    docs, decisions).flatMap(it -> it).filter(file -> file.toString().endsWith(".md"))
                    .forEach(file -> documents.put(ROOT.relativize(file).toString(), read(file)));
        }
        return documents;
    }

    /** The commands of all documents, of each in its order. */
    static List<DocumentCommand> all() throws IOException {
        List<DocumentCommand> commands = new ArrayList<>();
        documents().forEach((document, text) -> {
            blocks(text).filter(block -> block.group(3).equals("sh"))
                    .forEach(block -> inBlock(document, block, commands));
            inText(document, BLOCK.matcher(text).replaceAll(""), commands);
        });
        return commands;
    }

    /** The blocks of a document; the third group is the language. */
    static Stream<Matcher> blocks(String text) {
        Matcher block = BLOCK.matcher(text);
        List<Matcher> blocks = new ArrayList<>();
        while (block.find()) {
            Matcher one = BLOCK.matcher(block.group());
            if (one.matches()) {
                blocks.add(one);
            }
        }
        return blocks.stream();
    }

    private static void inBlock(String document, Matcher block, List<DocumentCommand> commands) {
        for (String line : block.group(4).replace("\\\n", " ").lines().toList()) {
            boolean named = block.group(1) == null || line.contains(block.group(1));
            Optional<String> notRun = Optional.ofNullable(block.group(2)).filter(_ -> named);
            for (String command : withoutComment(line).split(" && ", -1)) {
                alternatives(words(command)).filter(words -> !words.isEmpty())
                        .forEach(words -> commands.add(new DocumentCommand(document, words, false, notRun)));
            }
        }
    }

    private static void inText(String document, String text, List<DocumentCommand> commands) {
        Set<String> subcommands = Main.commandLine().getSubcommands().keySet();
        CODE.matcher(text).results().map(code -> words(code.group(1).replaceAll("\\s+", " ").replace("\\|", "|")))
                .flatMap(DocumentCommands::alternatives).filter(words -> words.size() > 1).forEach(words -> {
                    List<String> command = new ArrayList<>(words);
                    if (subcommands.contains(words.getFirst())) {
                        command.addFirst(DocumentCommand.TOKENSYNC);
                    } else if (words.getFirst().equals("tokensync")) {
                        command.set(0, DocumentCommand.TOKENSYNC);
                    }
                    if (OTHERS.contains(command.getFirst()) || command.getFirst().equals(DocumentCommand.TOKENSYNC)) {
                        commands.add(new DocumentCommand(document, command, true, Optional.empty()));
                    }
                });
    }

    /** With {@code writer|auditor} each of them in turn. */
    private static Stream<List<String>> alternatives(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).matches("[\\w-]+(\\|[\\w-]+)+")) {
                int at = i;
                return Arrays.stream(words.get(i).split("\\|", -1)).flatMap(word -> {
                    List<String> one = new ArrayList<>(words);
                    one.set(at, word);
                    return alternatives(one);
                });
            }
        }
        return Stream.of(words);
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>(WORD.matcher(command).results()
                .map(word -> word.group().replaceAll("^(['\"])(.*)\\1$", "$2")).toList());
        while (!words.isEmpty() && (VARIABLE.matcher(words.getFirst()).matches() || words.getFirst().equals("nohup"))) {
            words.removeFirst();
        }
        words.remove("&");
        return words;
    }

    private static String withoutComment(String line) {
        return line.replaceFirst("(^|\\s)#\\s.*", "").strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
