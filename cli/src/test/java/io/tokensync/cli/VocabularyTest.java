package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One name a concept, and it is the field's: {@code docs/glossary.md} has the words. Those that the project once had
 * instead come back neither in names nor in messages, comments or documents.
 */
class VocabularyTest {
    private static final Path ROOT = Path.of("..");
    /** In pieces, so that this file has none of them. */
    private static final Pattern OURS_ALONE = Pattern.compile(Stream.of("[Rr]eck" + "on", "[Ll]ook" + "out",
            "[Pp]ut(s|ting)?[ _-]?[Aa]s" + "ide", "[Ss]et" + "tle", "[Oo]n[_ ]the[_ ]w" + "ay\\b", "OnTheW" + "ay",
            "[Uu]nattri" + "buted", "[Ss]hip" + "ment", "[Dd]oubt" + "ful", "[Hh]eld ?[Bb]" + "ack", "[Mm]is" + "fit",
            "[Pp]ati" + "ence", "[Yy]ard" + "stick", "\\b[Mm]en" + "d(s|ed|ing)?\\b", "\\b[Tt]old o" + "f\\b",
            "\\b[Rr]ef" + "us", "\\b[Tt]all" + "(y|ies)\\b", "\\bfol" + "ded\\b", "SendB" + "ack", "TakeO" + "ver\\b")
            .reduce((one, other) -> one + "|" + other).orElseThrow());
    private static final Set<String> ENDINGS = Set.of("java", "sql", "md", "yml", "yaml", "js", "html", "tsv", "xml",
            "properties", "txt", "json", "sh");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", ".mvn", "licences");

    @Test
    void theWordsAreTheFields() throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_OURS.contains(directory.getFileName().toString())
                        || directory.getFileName().toString().startsWith("tokensync-")
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))) {
                    search(file, found);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(found).as("see docs/glossary.md").isEmpty();
    }

    private static void search(Path file, List<String> found) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (OURS_ALONE.matcher(lines.get(i).replace("allSettled", "").replace("unsettled", "")).find()) {
                found.add(ROOT.relativize(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
            }
        }
    }
}
