package io.tokensync.testkit.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files below {@code src/test/resources/golden} of a module, with which what a test has found is compared. With
 * {@code -Dgolden.update=true} they are written anew instead, and the difference is for {@code git diff} and a reviewer.
 */
public final class Golden {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");
    private static final String UPDATE = "golden.update";

    private final Path root;
    private final boolean updating;

    Golden(Path root, boolean updating) {
        this.root = root;
        this.updating = updating;
    }

    /** The files of the module whose tests run. */
    public static Golden files() {
        return below(ROOT);
    }

    /** Files that stand elsewhere because somebody reads them, documents for example. */
    public static Golden below(Path directory) {
        return new Golden(directory, Boolean.getBoolean(UPDATE));
    }

    /**
     * Compares a text with a file.
     *
     * @param file its name below the directory, with {@code /}
     * @throws AssertionError when they differ; it names the first line that does
     */
    public void check(String file, String actual) {
        Path path = root.resolve(file);
        String text = actual.stripTrailing() + "\n";
        if (updating) {
            write(path, text);
            return;
        }
        String expected = Files.exists(path) ? read(path) : "";
        if (!expected.equals(text)) {
            throw new AssertionError(path + " does not hold any longer" + difference(expected, text) + hint());
        }
    }

    /**
     * Looks whether a directory has these files and no others, none of them forgotten by whoever removed what they are of.
     *
     * @param directory below that of all golden files
     * @param names of its files
     */
    public void checkNoOthers(String directory, Collection<String> names) {
        Set<String> superfluous = new TreeSet<>(list(root.resolve(directory)));
        superfluous.removeAll(names);
        if (updating) {
            superfluous.forEach(name -> delete(root.resolve(directory).resolve(name)));
        } else if (!superfluous.isEmpty()) {
            throw new AssertionError(root.resolve(directory) + " has files of what is not there any longer: "
                    + superfluous + hint());
        }
    }

    private static String hint() {
        return "\nIf it is meant to change, run the test with -D" + UPDATE + "=true, and look at the difference.";
    }

    private static String difference(String expected, String actual) {
        List<String> before = expected.lines().toList();
        List<String> now = actual.lines().toList();
        for (int line = 0; line < Math.max(before.size(), now.size()); line++) {
            String was = line < before.size() ? before.get(line) : "(nothing)";
            String is = line < now.size() ? now.get(line) : "(nothing)";
            if (!was.equals(is)) {
                return ", line " + (line + 1) + "\nexpected: " + was + "\nbut was:  " + is;
            }
        }
        return ", in its line ends";
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
