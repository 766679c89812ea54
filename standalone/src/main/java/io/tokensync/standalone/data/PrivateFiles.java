package io.tokensync.standalone.data;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that other users of the machine can neither read nor change, where the file system knows of users. */
public final class PrivateFiles {
    private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    /** What this process takes away from all that it creates: everything of group and others. */
    private static final int UMASK = 0077;

    private PrivateFiles() {}

    /**
     * From now on whatever this process creates, libraries included, is its user's alone. Java has no method for it; where
     * the system has none either, the directory above keeps others out.
     */
    @SuppressWarnings("restricted") // a call of the C library, which takes and returns a number
    static void byDefault() {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle umask = linker.downcallHandle(linker.defaultLookup().find("umask").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int _ = (int) umask.invokeExact(UMASK);
        } catch (Throwable e) {
            log.atDebug().setMessage("the umask cannot be set").setCause(e).log();
        }
    }

    /** Creates the directory, for this user alone; those above it as they are created otherwise. */
    public static void createDirectory(Path directory) throws IOException {
        if (directory.getParent() != null) {
            Files.createDirectories(directory.getParent());
        }
        try {
            Files.createDirectory(directory, attributes(directory, DIRECTORY));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Writes a file that is there with all its text, or not at all, whatever happens in between. */
    public static void write(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, attributes(file, FILE));
        Files.writeString(unfinished, text);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Closes what is open to others below a directory; a sentence for each thing that somebody should know. */
    static List<String> close(Path root) throws IOException {
        if (!hasPermissions(root)) {
            return List.of("the file system of " + root
                    + " knows no permissions of users, so that others of this machine"
                    + " may be able to read the data, and to use the broker and the database; put it elsewhere with"
                    + " --data DIR");
        }
        List<String> remarks = new ArrayList<>();
        String owner = Files.getOwner(root).getName();
        if (!owner.equals(System.getProperty("user.name"))) {
            remarks.add("the data directory " + root + " belongs to the user " + owner
                    + ", who can read and change everything in it");
        }
        Closing closing = new Closing();
        Files.walkFileTree(root.toRealPath(), closing);
        if (closing.closed > 0) {
            remarks.add("the data directory " + root + " was open to other users of this machine; it is closed now ("
                    + closing.closed + " files and directories). What they may have read, such as passwords in a log,"
                    + " is known to them");
        }
        closing.failed.forEach(path -> remarks.add(path + " is open to other users, and belongs to one of them"));
        return remarks;
    }

    /** Whether other users, beyond owner and group, may read a file; false where nobody can say. */
    private static boolean hasPermissions(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Takes from group and others what they may. */
    private static final class Closing extends SimpleFileVisitor<Path> {
        private final List<Path> failed = new ArrayList<>();
        private int closed;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            return close(directory, DIRECTORY);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            return attributes.isSymbolicLink() ? FileVisitResult.CONTINUE : close(file, FILE);
        }

        /** A query's copy may go away while we look. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private FileVisitResult close(Path path, Set<PosixFilePermission> permissions) throws IOException {
            try {
                if (!permissions.containsAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))) {
                    Files.setPosixFilePermissions(path, permissions);
                    closed++;
                }
            } catch (NoSuchFileException _) {
                // gone while we looked
            } catch (java.nio.file.FileSystemException _) {
                failed.add(path);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** Reads a small file that was written here. */
    public static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
