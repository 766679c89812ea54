package io.tokensync.scanner.discovery;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** Walks one root. Directories of key material and IPFS repositories are not entered. */
final class TreeSearch extends SimpleFileVisitor<Path> {
    static final String DATABASE_DIRECTORY = "Rubix";
    private static final String DID_PREFIX = "bafybmi";
    private static final int DID_LENGTH = 59;

    private final Set<String> databases;
    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;
    private final List<Path> found;
    private final UnreadNodes unread;
    private final List<Problem> problems;

    /**
     * @param found where databases are added
     * @param unread is notified of what looks like a node otherwise
     */
    TreeSearch(FileSystem files, DiscoveryConfig config, List<Path> found, UnreadNodes unread,
            List<Problem> problems) {
        this.databases = Set.copyOf(config.databases());
        this.include = matchers(files, config.include());
        this.exclude = matchers(files, config.exclude());
        this.found = found;
        this.unread = unread;
        this.problems = problems;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (matches(exclude, directory)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        unread.directory(directory, isOfKeys(directory));
        return isClosed(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        boolean isDatabase = databases.contains(name(file));
        if (isDatabase) {
            unread.database(file);
        }
        if (isDatabase && !matches(exclude, file)) {
            visitDatabase(file, attributes);
        } else if (!isDatabase && attributes.isRegularFile()) {
            unread.otherFile(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) {
        // Nobody needs to open what would not be entered: a directory of keys is closed to the agent by right.
        if (isLeftOut(path)) {
            return FileVisitResult.CONTINUE;
        }
        switch (failure) {
            case NoSuchFileException _ -> {
                // Gone between the listing and the look: the next search sees the new state.
            }
            case FileSystemLoopException _ -> report(ProblemKind.LINK_LOOP, path, "is a link to a directory above it");
            case AccessDeniedException _ -> report(ProblemKind.DIRECTORY_UNREADABLE, path, "access denied");
            default -> report(ProblemKind.DIRECTORY_UNREADABLE, path, String.valueOf(failure.getMessage()));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
        if (failure != null) {
            report(ProblemKind.DIRECTORY_UNREADABLE, directory, "listing it broke off: " + failure.getMessage());
        }
        return FileVisitResult.CONTINUE;
    }

    private void visitDatabase(Path file, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            report(ProblemKind.NOT_A_REGULAR_FILE, file, attributes.isSymbolicLink()
                    ? "is a link to nothing that can be looked at"
                    : "is not a regular file, and is not opened");
        } else if (!DATABASE_DIRECTORY.equals(name(file.getParent()))) {
            report(ProblemKind.NOT_A_NODE, file, "is not in a directory named " + DATABASE_DIRECTORY);
        } else if (include.isEmpty() || matches(include, file)) {
            found.add(file);
        }
    }

    private void report(ProblemKind kind, Path path, String reason) {
        problems.add(new Problem(kind, path, reason));
    }

    private boolean isLeftOut(Path path) {
        return isClosed(path) || matches(exclude, path);
    }

    private static boolean isClosed(Path directory) {
        return IpfsRepository.DIRECTORY.equals(name(directory)) || isOfKeys(directory);
    }

    private static boolean isOfKeys(Path directory) {
        String name = name(directory);
        return name.length() == DID_LENGTH && name.startsWith(DID_PREFIX);
    }

    static boolean matches(List<PathMatcher> matchers, Path path) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(path));
    }

    static List<PathMatcher> matchers(FileSystem files, List<String> globs) {
        return globs.stream().map(glob -> files.getPathMatcher("glob:" + glob)).toList();
    }

    static String name(Path path) {
        return path == null || path.getFileName() == null ? "" : path.getFileName().toString();
    }
}
