package io.tokensync.scanner.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** Searches the configured roots for {@code Rubix/rubix.db}, and gives each database its node name. */
public final class DatabaseFinder {
    private final DiscoveryConfig config;
    private final NodeNames names;

    public DatabaseFinder(DiscoveryConfig config) {
        this.config = config;
        this.names = new NodeNames(config.aliases());
    }

    /**
     * Searches now. Places that cannot be searched are among the problems.
     *
     * @throws UncheckedIOException when the search of a root ends for another reason than one of its entries
     */
    public Discovery find() {
        List<Problem> problems = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        for (Path root : config.roots()) {
            search(root, found, problems);
        }
        List<NodeDatabase> databases = names.assign(withoutAliasesOfOneFile(found), problems);
        return new Discovery(databases, problems);
    }

    private void search(Path root, List<Path> found, List<Problem> problems) {
        Optional<Problem> problem = problem(root);
        if (problem.isPresent()) {
            problems.add(problem.get());
            return;
        }
        TreeSearch search = new TreeSearch(root.getFileSystem(), config, found, problems);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), config.maxDepth(), search);
        } catch (IOException e) {
            // The visitor answers every failure of an entry, so nothing of a single entry comes here.
            throw new UncheckedIOException("search below " + root + " ended", e);
        }
    }

    /** Why nothing can be found below a root; empty when it is a directory. */
    private static Optional<Problem> problem(Path root) {
        try {
            return Files.readAttributes(root, BasicFileAttributes.class).isDirectory()
                    ? Optional.empty()
                    : Optional.of(new Problem(ProblemKind.ROOT_MISSING, root, "is no directory"));
        } catch (NoSuchFileException _) {
            return Optional.of(new Problem(ProblemKind.ROOT_MISSING, root, "does not exist"));
        } catch (IOException e) {
            return Optional.of(new Problem(ProblemKind.DIRECTORY_UNREADABLE, root, "cannot be looked at: " + e));
        }
    }

    /** One file reached over two paths (links, roots inside roots) is one database: the path without links is kept. */
    private static List<Path> withoutAliasesOfOneFile(List<Path> found) {
        Map<Path, Path> byRealPath = new LinkedHashMap<>();
        found.stream()
                .sorted(Comparator.comparing((Path path) -> !path.equals(realPath(path))).thenComparing(path -> path))
                .forEach(path -> byRealPath.putIfAbsent(realPath(path), path));
        return byRealPath.values().stream().sorted().toList();
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath();
        }
    }

}
