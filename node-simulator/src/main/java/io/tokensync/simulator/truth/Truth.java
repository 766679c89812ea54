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

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The truth about a simulation, as its {@code truth.json} has it: one JSON object with {@code header} (origin, machines,
 * nodes, unreadable, rejected, row_count) and then {@code rows}, one a line, which are never all in memory.
 */
public final class Truth {
    /** Name of the file in the simulation's directory. */
    public static final String FILE = "truth.json";

    /** JSON as the file has it: snake_case names, no nulls, times in ISO 8601. */
    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            // The header stands in front of the rows.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final Header header;

    /** Everything of the truth but its rows. */
    public record Header(Origin origin, List<Machine> machines, List<Node> nodes, List<Unreadable> unreadable,
            List<Rejection> rejected, long rowCount) {
        public Header {
            machines = List.copyOf(machines);
            nodes = List.copyOf(nodes);
            unreadable = List.copyOf(unreadable);
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * Where the simulation comes from: its plan, and how far changes have carried it since.
     *
     * @param nodes nodes of the plan
     * @param tokens token rows of the plan
     * @param seed seed of the plan
     * @param machines machines of the plan
     * @param missingContent share of token ids without a block
     * @param flawed whether wrong rows and unreadable files are among it
     * @param nextToken first token index that nobody has used
     * @param edits changes applied since it was written
     */
    public record Origin(int nodes, long tokens, long seed, int machines, double missingContent, boolean flawed,
            long nextToken, long edits) {}

    /**
     * A machine, which one agent would watch.
     *
     * @param name its directory
     * @param sourceIp the {@code source_ip} that its agent is to be configured with
     * @param root directory below the simulation's, with slashes; where its agent starts to look
     */
    public record Machine(String name, String sourceIp, String root) {}

    /**
     * A node with a database.
     *
     * @param machine name of its machine
     * @param nodeName the directory above {@code Rubix}; unique in the simulation
     * @param dbPath its database below the simulation's directory, with slashes
     * @param schema generation of its tables, G0 to G4
     * @param journalMode {@code delete} or {@code wal}
     * @param liveWal whether it was left with committed rows in the write-ahead log only
     */
    public record Node(String machine, String nodeName, String dbPath, String schema, String journalMode,
            boolean liveWal) {

        /** The same node after an upgrade. */
        public Node withSchema(String newSchema) {
            return new Node(machine, nodeName, dbPath, newSchema, journalMode, liveWal);
        }

        /** The same node after a start, which takes the write-ahead log over. */
        public Node started() {
            return new Node(machine, nodeName, dbPath, schema, journalMode, false);
        }
    }

    /**
     * A file that looks like a node's database and gives no rows.
     *
     * @param machine name of the machine
     * @param path below the simulation's directory, with slashes
     * @param reason {@link #NOT_A_DATABASE}, {@link #NO_TOKENS_TABLE}, {@link #EMPTY} or {@link #NOT_CONFIGURED}
     */
    public record Unreadable(String machine, String path, String reason) {
        public static final String NOT_A_DATABASE = "not_a_database";
        public static final String NO_TOKENS_TABLE = "no_tokens_table";
        /** A file of no bytes. */
        public static final String EMPTY = "empty";
        /** A database of another network alone, where only the main net's are read. */
        public static final String NOT_CONFIGURED = "not_configured";
    }

    /**
     * A row that must be rejected.
     *
     * @param machine name of the machine
     * @param nodeName the node
     * @param table the node's table
     * @param rowid SQLite's number of the row
     * @param reason code of {@link io.tokensync.common.model.RejectionReason}
     * @param hint what stands in the row's id, shortened, for people
     */
    public record Rejection(String machine, String nodeName, String table, long rowid, String reason, String hint) {}

    private Truth(Path file, Header header) {
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
        try (InputStream in = open(file); JsonParser parser = JSON.createParser(in)) {
            enter(parser, "header");
            return new Truth(file, JSON.readValue(parser, Header.class));
        } catch (JacksonException e) {
            throw notTruth(file, e);
        }
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    public Header header() {
        return header;
    }

    public Origin origin() {
        return header.origin();
    }

    public List<Machine> machines() {
        return header.machines();
    }

    public List<Node> nodes() {
        return header.nodes();
    }

    public List<Unreadable> unreadable() {
        return header.unreadable();
    }

    public List<Rejection> rejected() {
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
            JsonParser parser = JSON.createParser(in);
            enter(parser, "header");
            parser.skipChildren();
            if (parser.nextToken() != JsonToken.PROPERTY_NAME || parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException(file + " is no truth of a simulation: no rows behind its header");
            }
            // The iterator takes the elements of an array from behind its beginning.
            parser.clearCurrentToken();
            ObjectReader reader = JSON.readerFor(TruthRow.class);
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
