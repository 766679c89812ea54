package io.tokensync.cli.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is there when it is complete, and not before: it is written under another name beside its place. One that is given up, also
 * by Ctrl-C, leaves nothing, and what stood in its place before stays. It is for its owner alone where the system knows owners.
 */
public final class WholeFile implements AutoCloseable {
    private final Path place;
    private final Path written;
    private final PrintStream out;

    private WholeFile(Path place, Path written, OutputStream out) {
        this.place = place;
        this.written = written;
        this.out = new PrintStream(new BufferedOutputStream(out), false, StandardCharsets.UTF_8);
    }

    /**
     * Begins one.
     *
     * @throws IOException when nothing can be written there
     */
    public static WholeFile at(Path place) throws IOException {
        Path absolute = place.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            throw new IOException("it is a directory");
        }
        Path written = Files.createTempFile(absolute.getParent(), "." + absolute.getFileName(), ".part");
        written.toFile().deleteOnExit();
        return new WholeFile(absolute, written, Files.newOutputStream(written));
    }

    /** To be written to; it is closed by this. */
    public PrintStream out() {
        return out;
    }

    /**
     * Everything is written: it takes its place.
     *
     * @throws IOException when not everything could be written
     */
    public void complete() throws IOException {
        boolean failed = out.checkError();
        out.close();
        if (failed) {
            throw new IOException("not everything could be written; is the disk full?");
        }
        try {
            Files.move(written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(written, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Gives it up, unless it is complete. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(written);
    }
}
