package io.tokensync.simulator.truth;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;

/**
 * The truth about a simulation, as its {@code truth.json} has it: one JSON object with {@code header} (origin, machines,
 * nodes, unreadable, rejected, row_count) and then {@code rows}, one a line, which are never all in memory.
 */
public final class Truth {
    /** Name of the file in the simulation's directory. */
    public static final String FILE = "truth.json";

    private final Path file;
    private final TruthHeader header;

    private Truth(Path file, TruthHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Reads everything but the rows.
     *
     * @param fileOrDirectory a {@code truth.json}, or the directory of a simulation
     * @throws IOException when it cannot be read or is no truth; the message names the file
     */
    public static Truth read(Path fileOrDirectory) throws IOException {
        Path file = Files.isDirectory(fileOrDirectory) ? fileOrDirectory.resolve(FILE) : fileOrDirectory;
        try (InputStream in = open(file); JsonParser parser = TruthJson.MAPPER.createParser(in)) {
            enter(parser, "header");
            return new Truth(file, TruthJson.MAPPER.readValue(parser, TruthHeader.class));
        } catch (JacksonException e) {
            throw notTruth(file, e);
        }
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    public TruthHeader header() {
        return header;
    }

    public TruthOrigin origin() {
        return header.origin();
    }

    public List<TruthMachine> machines() {
        return header.machines();
    }

    public List<TruthNode> nodes() {
        return header.nodes();
    }

    public List<TruthUnreadable> unreadable() {
        return header.unreadable();
    }

    public List<TruthRejection> rejected() {
        return header.rejected();
    }

    /** How many rows {@link #rows} gives. */
    public long rowCount() {
        return header.rowCount();
    }

    /**
     * The rows, node by node, read while the stream is consumed. The stream holds the file open: close it.
     *
     * @throws IOException when the file cannot be read; an {@link UncheckedIOException} when that happens later
     */
    public Stream<TruthRow> rows() throws IOException {
        InputStream in = open(file);
        try {
            JsonParser parser = TruthJson.MAPPER.createParser(in);
            enter(parser, "header");
            parser.skipChildren();
            if (parser.nextToken() != JsonToken.PROPERTY_NAME || parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException(file + " is no truth of a simulation: no rows behind its header");
            }
            // The iterator takes the elements of an array from behind its beginning.
            parser.clearCurrentToken();
            ObjectReader reader = TruthJson.MAPPER.readerFor(TruthRow.class);
            return stream(reader.readValues(parser)).onClose(() -> close(in));
        } catch (JacksonException e) {
            in.close();
            throw notTruth(file, e);
        }
    }

    private static Stream<TruthRow> stream(MappingIterator<TruthRow> rows) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Moves to the value of the object's first field, which must have this name. */
    private static void enter(JsonParser parser, String field) throws IOException {
        boolean inside = parser.nextToken() == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME
                && parser.currentName().equals(field);
        if (!inside) {
            throw new IOException("no truth of a simulation: it does not begin with \"" + field + '"');
        }
        parser.nextToken();
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private static IOException notTruth(Path file, JacksonException cause) {
        return new IOException(file + " is no truth of a simulation: " + cause.getOriginalMessage(), cause);
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
