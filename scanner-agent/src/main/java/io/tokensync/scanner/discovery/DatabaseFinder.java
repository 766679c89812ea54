package io.tokensync.scanner.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.watch.Hang;
import io.tokensync.scanner.watch.HangException;
import io.tokensync.scanner.watch.Watchdog;

/** Searches the configured roots for nodes: {@code Rubix/rubix.db}, or v1's {@code config.toml}; gives each its name. */
public final class DatabaseFinder {
    private final DiscoveryConfig config;
    private final boolean readsV1;
    private final NodeNames names;
    private final FullNodes fullNodes;
    private final Watchdog watchdog;
    private final Consumer<Path> touching;
    private final Map<Path, Hang> hangs = new LinkedHashMap<>();

    /** @param readsV1 whether nodes of v1 are read; else they are among the problems */
    public DatabaseFinder(DiscoveryConfig config, boolean readsV1, Watchdog watchdog) {
        this(config, readsV1, watchdog, _ -> {});
    }

    /** @param touching notified of each place before it is looked at */
    DatabaseFinder(DiscoveryConfig config, boolean readsV1, Watchdog watchdog, Consumer<Path> touching) {
        this.config = config;
        this.readsV1 = readsV1;
        this.touching = touching;
        this.watchdog = watchdog;
        this.names = new NodeNames(config.aliases());
        this.fullNodes = new FullNodes(config);
    }

    /**
     * Searches now. Places that cannot be searched are among the problems. A search that hangs begins again without the place
     * that it hangs in, which is searched again when it answers.
     *
     * @throws UncheckedIOException when the search of a root ends for another reason than one of its entries
     */
    public Discovery find() throws InterruptedException {
        hangs.values().removeIf(Hang::isOver);
        Discovery discovery = null;
        while (discovery == null) {
            SearchPlace place = new SearchPlace(hangs.keySet(), touching);
            try {
                discovery = watchdog.call(null, "searching for databases", progress -> {
                    place.begin(progress);
                    return search(place);
                });
            } catch (HangException e) {
                place.path().ifPresent(path -> hangs.put(path, e.hang()));
            }
        }
        return discovery;
    }

    private Discovery search(SearchPlace place) {
        List<Problem> problems = new ArrayList<>();
        hangs.forEach((path, hang) -> problems.add(new Problem(ProblemKind.HANGS, path, hang.describe())));
        List<Path> found = new ArrayList<>();
        UnreadNodes unread = new UnreadNodes(config);
        for (Path root : config.roots()) {
            search(root, place, found, unread, problems);
        }
        if (readsV1) {
            addV1(unread.v1Nodes(), found, problems);
        }
        problems.addAll(unread.problems(found));
        List<NodeDatabase> databases = names.assign(
                fullNodes.added(withoutAliasesOfOneFile(found, place), problems), problems);
        return new Discovery(databases, problems);
    }

    /** A node that has moved to v1 may have its earlier database still, which says nothing any more. */
    private static void addV1(List<Path> v1, List<Path> found, List<Problem> problems) {
        Set<Path> nodes = v1.stream().map(Path::getParent).collect(Collectors.toSet());
        List<Path> earlier = found.stream().filter(file -> nodes.contains(file.getParent().getParent())).toList();
        earlier.forEach(file -> problems.add(new Problem(ProblemKind.EARLIER_DATABASE, file,
                "its node keeps its tokens in PostgreSQL now")));
        found.removeAll(earlier);
        found.addAll(v1);
    }

    private void search(Path root, SearchPlace place, List<Path> found, UnreadNodes unread,
            List<Problem> problems) {
        if (!place.enter(root)) {
            return;
        }
        Optional<Problem> problem = problem(root);
        if (problem.isPresent()) {
            problems.add(problem.get());
            return;
        }
        TreeSearch search = new TreeSearch(root.getFileSystem(), config, found, unread, problems);
        try {
            new TreeWalk(search, config.maxDepth(), place).walk(root);
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
    private static List<Path> withoutAliasesOfOneFile(List<Path> found, SearchPlace place) {
        Map<Path, Path> real = new LinkedHashMap<>();
        found.stream().filter(place::enter).forEach(path -> real.put(path, realPath(path)));
        Map<Path, Path> byRealPath = new LinkedHashMap<>();
        real.keySet().stream()
                .sorted(Comparator.comparing((Path path) -> !path.equals(real.get(path))).thenComparing(path -> path))
                .forEach(path -> byRealPath.putIfAbsent(real.get(path), path));
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
