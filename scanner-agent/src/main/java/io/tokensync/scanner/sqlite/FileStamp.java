package io.tokensync.scanner.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

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

    /** The stamp; null when there is no such file. */
    static FileStamp of(Path file) throws IOException {
        try {
            boolean unix = file.getFileSystem().supportedFileAttributeViews().contains(UNIX);
            Map<String, Object> attributes = Files.readAttributes(file,
                    unix ? "unix:size,lastModifiedTime,ctime,fileKey" : "size,lastModifiedTime,fileKey");
            FileTime modified = (FileTime) attributes.get("lastModifiedTime");
            FileTime changed = (FileTime) attributes.getOrDefault("ctime", modified);
            return new FileStamp((long) attributes.get("size"), modified.toInstant(), changed.toInstant(),
                    String.valueOf(attributes.get("fileKey")));
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
