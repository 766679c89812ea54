package io.tokensync.common.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What should be a regular file is something else, and was not opened. */
public final class NotRegularFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    NotRegularFileException(Path file, BasicFileAttributes found) {
        super(file.toString(), null, "is not a regular file but " + kind(found) + ", and is not opened");
    }

    private static String kind(BasicFileAttributes found) {
        if (found.isDirectory()) {
            return "a directory";
        }
        return found.isSymbolicLink() ? "a link" : "a FIFO, a socket or a device";
    }
}
