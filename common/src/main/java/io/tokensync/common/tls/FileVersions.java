package io.tokensync.common.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** What tells files from those before them under the same names. */
public final class FileVersions {
    private FileVersions() {}

    /**
     * One text for each file, which people can read; also for one that is not there. A link is followed: secrets of
     * Kubernetes are exchanged by one.
     */
    public static List<String> of(List<Path> files) {
        return files.stream().map(FileVersions::of).toList();
    }

    private static String of(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return file + " of " + found.lastModifiedTime() + ", " + found.size() + " bytes, " + found.fileKey();
        } catch (IOException _) {
            return file + " is not there";
        }
    }
}
