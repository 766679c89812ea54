package io.tokensync.scanner.source.sqlite.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

import io.tokensync.common.file.RegularFile;
import io.tokensync.common.model.Times;

/**
 * What the file system says of one file.
 *
 * @param size bytes
 * @param modified time of the last change of the content, as the owner may set it
 * @param changed time of the last change of anything, which nobody can set back; equal to {@code modified} where the
 *        system has no such time
 * @param identity device and number of the file; a replaced file has another
 */
record FileStamp(long size, Instant modified, Instant changed, String identity) {
    private static final String UNIX = "unix";

    /**
     * The stamp; null when there is no such file. Times that the table cannot hold, which anybody can give a file, are the
     * first or the last that it can.
     *
     * @throws io.tokensync.common.file.NotRegularFileException when it is no regular file
     */
    static FileStamp of(Path file, LinkOption... options) throws IOException {
        try {
            if (RegularFile.look(file, options).isEmpty()) {
                return null;
            }
            boolean unix = file.getFileSystem().supportedFileAttributeViews().contains(UNIX);
            Map<String, Object> attributes = Files.readAttributes(file,
                    unix ? "unix:size,lastModifiedTime,ctime,fileKey" : "size,lastModifiedTime,fileKey", options);
            FileTime modified = (FileTime) attributes.get("lastModifiedTime");
            FileTime changed = (FileTime) attributes.getOrDefault("ctime", modified);
            return new FileStamp((long) attributes.get("size"), Times.bounded(modified.toInstant()),
                    Times.bounded(changed.toInstant()), String.valueOf(attributes.get("fileKey")));
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    /** The later of both times. */
    Instant newest() {
        return changed.isAfter(modified) ? changed : modified;
    }

    /** One line that is equal exactly when the stamps are. */
    String text() {
        return contentText() + " " + changed;
    }

    /** As {@link #text}, without the time that other things than writing change. */
    String contentText() {
        return size + " " + modified + " " + identity;
    }
}
