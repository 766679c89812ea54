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

/** Writes {@code truth.json}; a reader sees the whole file or the one before it. */
public final class TruthWriter {
    private static final String UNFINISHED = Truth.FILE + ".unfinished";

    private TruthWriter() {}

    /**
     * Puts a truth together and replaces the one in the directory. The parts are deleted.
     *
     * @param directory of the simulation
     * @param parts closed, in the order of the nodes; their counts add up to the header's
     */
    public static Truth write(Path directory, TruthHeader header, List<TruthRows> parts) throws IOException {
        Path unfinished = directory.resolve(UNFINISHED);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
            text(out, "{\"header\":");
            out.write(TruthJson.MAPPER.writeValueAsBytes(header));
            text(out, ",\n\"rows\":[\n");
            copy(parts, out);
            text(out, "\n]}\n");
        }
        Path file = directory.resolve(Truth.FILE);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (TruthRows rows : parts) {
            Files.delete(rows.part());
        }
        return Truth.read(file);
    }

    private static void copy(List<TruthRows> parts, OutputStream out) throws IOException {
        boolean first = true;
        for (TruthRows rows : parts) {
            try (InputStream in = Files.newInputStream(rows.part())) {
                // Every row begins with a separator, which the very first one must lose.
                in.skipNBytes(first && rows.count() > 0 ? TruthRows.SEPARATOR.length : 0);
                in.transferTo(out);
            }
            first &= rows.count() == 0;
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
