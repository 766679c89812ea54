package io.tokensync.common.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * Opens regular files and nothing else: opening a FIFO waits for ever, and opening a device may do anything. Whoever owns the
 * directory can still put something else there between the look and the opening, so that what must go on needs a
 * bound in time as well.
 */
public final class RegularFile {
    private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> READING_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private RegularFile() {}

    /**
     * Looks at a file without opening it.
     *
     * @param options {@code NOFOLLOW_LINKS} where a link is not wanted either
     * @return its attributes; empty when there is nothing of this name
     * @throws NotRegularFileException when it is no regular file
     * @throws IOException when it cannot be looked at, which does not mean that it is not there
     */
    public static Optional<BasicFileAttributes> look(Path file, LinkOption... options) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, options);
            if (!found.isRegularFile()) {
                throw new NotRegularFileException(file, found);
            }
            return Optional.of(found);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /**
     * Opens a file for reading when it is one.
     *
     * @param options as for {@link #look}
     * @throws NoSuchFileException when there is none
     * @throws NotRegularFileException when it is no regular file
     */
    public static FileChannel open(Path file, LinkOption... options) throws IOException {
        if (look(file, options).isEmpty()) {
            throw new NoSuchFileException(file.toString());
        }
        return FileChannel.open(file, options.length == 0 ? READING : READING_NO_LINK);
    }
}
