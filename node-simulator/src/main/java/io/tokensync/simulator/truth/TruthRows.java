package io.tokensync.simulator.truth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.ObjectWriter;

/**
 * The rows of some nodes on their way to {@code truth.json}: a file of its own, so that nodes can be written side by
 * side, whatever their number of rows.
 */
public final class TruthRows implements AutoCloseable {
    static final byte[] SEPARATOR = {',', '\n'};

    private static final ObjectWriter WRITER = TruthJson.MAPPER.writerFor(TruthRow.class);

    private final Path part;
    private final OutputStream out;
    private long count;

    /** Starts an empty part in a new file. */
    public TruthRows(Path part) throws IOException {
        this.part = part;
        this.out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    public void add(TruthRow row) throws IOException {
        out.write(SEPARATOR);
        out.write(WRITER.writeValueAsBytes(row));
        count++;
    }

    /** Rows so far. */
    public long count() {
        return count;
    }

    /** The file; complete once this is closed. */
    Path part() {
        return part;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
