package io.tokensync.scanner.discovery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a tree as {@link Files#walkFileTree} does when it follows links, with three differences. Before anything is touched,
 * the place is told, so that what hangs has a name. Each directory is entered once, whatever links lead to it: a few that
 * name one another would make a table scan without end. And links are followed last, so that what can be reached without one is
 * found without.
 */
final class TreeWalk {
    private final FileVisitor<Path> visitor;
    private final int maxDepth;
    private final SearchPlace place;
    private final Set<Object> entered = new HashSet<>();
    private final Deque<Link> links = new ArrayDeque<>();

    /** A link to a directory that is followed later. */
    private record Link(Path path, BasicFileAttributes target, int depth) {}

    TreeWalk(FileVisitor<Path> visitor, int maxDepth, SearchPlace place) {
        this.visitor = visitor;
        this.maxDepth = maxDepth;
        this.place = place;
    }

    /** Walks. The visitor is notified of every failure of an entry. */
    void walk(Path root) throws IOException {
        Optional<BasicFileAttributes> found = look(root);
        if (found.isPresent() && found.get().isDirectory()) {
            enter(root, found.get(), 0);
        }
        while (!links.isEmpty()) {
            Link link = links.removeFirst();
            enter(link.path, link.target, link.depth);
        }
    }

    private void visit(Path path, int depth) throws IOException {
        if (!place.enter(path)) {
            return;
        }
        Optional<BasicFileAttributes> found = look(path);
        if (found.isEmpty()) {
            return;
        }
        if (!found.get().isDirectory() || depth >= maxDepth) {
            visitor.visitFile(path, found.get());
        } else if (Files.isSymbolicLink(path)) {
            links.addLast(new Link(path, found.get(), depth));
        } else {
            enter(path, found.get(), depth);
        }
    }

    private void enter(Path directory, BasicFileAttributes attributes, int depth) throws IOException {
        if (!place.enter(directory) || visitor.preVisitDirectory(directory, attributes) != FileVisitResult.CONTINUE) {
            return;
        }
        if (!entered.add(key(directory, attributes))) {
            if (leadsUp(directory)) {
                visitor.visitFileFailed(directory, new FileSystemLoopException(directory.toString()));
            }
            return;
        }
        IOException brokeOff = null;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            try {
                for (Path entry : entries) {
                    visit(entry, depth + 1);
                    place.enter(directory);
                }
            } catch (DirectoryIteratorException e) {
                brokeOff = e.getCause();
            }
        } catch (IOException e) {
            visitor.visitFileFailed(directory, e);
            return;
        }
        visitor.postVisitDirectory(directory, brokeOff);
    }

    /** What is there; of a link that leads nowhere, the link. */
    private Optional<BasicFileAttributes> look(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException failure) {
            try {
                return Optional
                        .of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            } catch (IOException _) {
                visitor.visitFileFailed(path, failure);
                return Optional.empty();
            }
        }
    }

    private static Object key(Path directory, BasicFileAttributes attributes) {
        return attributes.fileKey() == null ? directory : attributes.fileKey();
    }

    private static boolean leadsUp(Path link) {
        try {
            return link.getParent().toRealPath().startsWith(link.toRealPath());
        } catch (IOException _) {
            return false; // gone meanwhile
        }
    }
}
