package io.tokensync.scanner.source.sqlite.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.common.file.RegularFile;

/**
 * A database and the files that SQLite keeps beside it, seen from outside.
 *
 * @param database the database itself
 */
public record DatabaseFiles(Path database) {
    static final String LOG = "-wal";
    private static final String JOURNAL = "-journal";
    private static final String INDEX = "-shm";
    private static final List<String> CONTENT = List.of("", LOG, JOURNAL);
    /** Where the header says which version is needed to read: 1 for a rollback journal, 2 for a write-ahead log. */
    private static final int READ_VERSION = 19;
    private static final byte WAL = 2;
    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_LINK = {LinkOption.NOFOLLOW_LINKS};

    /**
     * Where SQLite keeps a file that belongs to a database: beside the database itself, also when the path is a link to it.
     *
     * @param suffix of its name; empty for the database
     */
    static Path beside(Path database, String suffix) throws IOException {
        Path file = Files.isSymbolicLink(database) ? database.toRealPath() : database;
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /**
     * Looks at everything that SQLite opens: it would open a FIFO as well, and wait in it for ever. The database may be a
     * link; nobody makes links beside it.
     *
     * @throws io.tokensync.common.file.NotRegularFileException when something there is no regular file
     * @throws IOException when something cannot be looked at
     */
    public void requireRegular() throws IOException {
        RegularFile.look(database);
        for (String suffix : List.of(LOG, JOURNAL, INDEX)) {
            isThere(suffix);
        }
    }

    /** The database and those of its side files that hold committed or uncommitted content, by suffix. */
    Map<String, Path> content() throws IOException {
        Map<String, Path> content = new LinkedHashMap<>();
        for (String suffix : CONTENT) {
            if (isThere(suffix)) {
                content.put(suffix, file(suffix));
            }
        }
        return content;
    }

    /**
     * Whether it is in WAL mode. Reads a byte of the file past SQLite, which makes this process lose its locks on the
     * file when it has any: not to be called while a connection of this process reads it.
     */
    boolean isWal() throws IOException {
        try (FileChannel channel = RegularFile.open(database)) {
            ByteBuffer version = ByteBuffer.allocate(1);
            return channel.read(version, READ_VERSION) == 1 && version.get(0) == WAL;
        }
    }

    /**
     * Whether SQLite would make files beside it just to read it: in WAL mode it reads through both side files, and makes
     * those that are not there. Whoever has the database open has both.
     */
    public boolean leavesTracesWhenRead() throws IOException {
        return !(isThere(LOG) && isThere(INDEX)) && isWal();
    }

    /** One line that stays the same as long as nobody opens, writes or closes the database. */
    String text() throws IOException {
        List<String> stamps = new ArrayList<>();
        for (Path path : content().values()) {
            stamps.add(path.getFileName() + " " + FileStamp.of(path));
        }
        return stamps + (isThere(INDEX) ? " shared" : "");
    }

    /** Whether there is a regular file; one that cannot be looked at is not taken for none. */
    private boolean isThere(String suffix) throws IOException {
        return RegularFile.look(file(suffix), suffix.isEmpty() ? FOLLOW : NO_LINK).isPresent();
    }

    private Path file(String suffix) throws IOException {
        return beside(database, suffix);
    }
}
