package io.tokensync.simulator.truth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import tools.jackson.databind.ObjectWriter;

/** Writes {@code truth.json}; a reader sees the whole file or the one before it. */
public final class TruthWriter {
    private static final String UNFINISHED = Truth.FILE + ".unfinished";

    /**
     * The rows of some nodes on their way to {@code truth.json}: a file of its own, so that nodes can be written side
     * by side, whatever their number of rows.
     */
    public static final class Part implements AutoCloseable {
        private static final byte[] SEPARATOR = {',', '\n'};
        private static final ObjectWriter WRITER = Truth.JSON.writerFor(TruthRow.class);

        private final Path file;
        private final OutputStream out;
        private long count;

        /** Starts an empty part in a new file. */
        public Part(Path file) throws IOException {
            this.file = file;
            this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
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

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private TruthWriter() {}

    /**
     * Puts a truth together and replaces the one in the directory. The parts are deleted.
     *
     * @param directory of the simulation
     * @param parts closed, in the order of the nodes; their counts add up to the header's
     */
    public static Truth write(Path directory, Truth.Header header, List<Part> parts) throws IOException {
        Path unfinished = directory.resolve(UNFINISHED);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
            text(out, "{\"header\":");
            out.write(Truth.JSON.writeValueAsBytes(header));
            text(out, ",\n\"rows\":[\n");
            copy(parts, out);
            text(out, "\n]}\n");
        }
        Path file = directory.resolve(Truth.FILE);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Part part : parts) {
            Files.delete(part.file);
        }
        return Truth.read(file);
    }

    private static void copy(List<Part> parts, OutputStream out) throws IOException {
        boolean first = true;
        for (Part part : parts) {
            try (InputStream in = Files.newInputStream(part.file)) {
                // Every row begins with a separator, which the very first one must lose.
                in.skipNBytes(first && part.count > 0 ? Part.SEPARATOR.length : 0);
                in.transferTo(out);
            }
            first &= part.count == 0;
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
