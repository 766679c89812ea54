package io.tokensync.scanner.source.postgres;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

import io.tokensync.common.file.RegularFile;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;

/**
 * What a v1 node's {@code config.toml} says of its network and its database. The file holds the node's own login, too: that is
 * not read out of it, because the agent has one of its own.
 *
 * @param network {@code mainnet}, {@code testnet} or {@code local}
 * @param host of the server
 * @param port of the server
 * @param database name of the database
 */
public record NodeConfig(String network, String host, int port, String database) {
    /** The file's name in a node's directory. */
    public static final String FILE = "config.toml";

    /** Beside it, and no file: stands for what a full node with this configuration knows of the network. */
    private static final String FULL_NODE_VIEW = FILE + "#fullnode";
    private static final String FULL_NODE = "fullnode-";

    private static final String MAIN = "mainnet";
    private static final String DEFAULT_HOST = "localhost";
    private static final String DEFAULT_DATABASE = "rubix";
    /** Of nodes without a number, which older states make. */
    private static final int DEFAULT_PORT = 5433;
    private static final int FIRST_PORT = 5500;
    private static final int MOST_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final int MOST_BYTES = 1 << 16;
    private static final TomlMapper TOML = new TomlMapper();

    /** What stands for the tables in which a node with this configuration has what it knows as a full node. */
    public static Path fullNodeView(Path file) {
        return file.resolveSibling(FULL_NODE_VIEW);
    }

    /** Whether this stands for such tables. */
    public static boolean isFullNodeView(Path file) {
        return file.endsWith(FULL_NODE_VIEW);
    }

    /** Whether a database with this name was, before v1, that of a full node. */
    public static boolean isOfFullNode(String database) {
        return database.startsWith(FULL_NODE);
    }

    /**
     * Reads the file, also by the name of the full node's view.
     *
     * @throws DatabaseProblemException when it cannot be read, or says nothing that can be followed
     */
    public static NodeConfig read(Path file) throws DatabaseProblemException {
        try (FileChannel channel = RegularFile.open(isFullNodeView(file) ? file.resolveSibling(FILE) : file)) {
            ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // until all is read, or too much
            }
            if (!bytes.hasRemaining()) {
                throw unusable(file, "has more than " + (MOST_BYTES >> 10) + " KiB", null);
            }
            return of(file, StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            throw unusable(file, "is not UTF-8", e);
        } catch (IOException e) {
            throw unusable(file, "cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    static NodeConfig of(Path file, String text) throws DatabaseProblemException {
        JsonNode root;
        try {
            root = TOML.readTree(text);
        } catch (JacksonException e) {
            // the library's message and cause may quote the line of the password
            throw unusable(file, "is no TOML, in line " + e.getLocation().getLineNr(), null);
        }
        JsonNode core = root.path("core");
        JsonNode db = root.path("db");
        int index = core.path("node_index").asInt(-1);
        int port = db.path("port").asInt(index < 0 ? DEFAULT_PORT : FIRST_PORT + index);
        if (port < 1 || port > MOST_PORT) {
            throw unusable(file, "has a port that is none: " + port, null);
        }
        String host = text(db, "host", DEFAULT_HOST);
        if (!HOST.matcher(host).matches()) {
            throw unusable(file, "has a host that is neither a name nor an address", null);
        }
        return new NodeConfig(core.path("network_mode").asString(MAIN).toLowerCase(Locale.ROOT), host, port,
                text(db, "db_name", DEFAULT_DATABASE));
    }

    /** {@code host:port/database} for a driver's URL, in which nothing of the node's can be read as a setting. */
    String place() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** The name that the node's database had before v1 in this network, so that a node that moves keeps its name. */
    public String earlierDatabase() {
        return switch (network) {
            case MAIN -> "rubix.db";
            case "testnet" -> "rubixtest.db";
            default -> "rubix" + network + ".db";
        };
    }

    /** The name that a full node's database had before v1 in this network, by which it is asked for. */
    public String earlierFullNodeDatabase() {
        return FULL_NODE + earlierDatabase();
    }

    private static String text(JsonNode table, String key, String otherwise) {
        String text = table.path(key).asString("");
        return text.isBlank() ? otherwise : text;
    }

    private static DatabaseProblemException unusable(Path file, String reason, Throwable cause) {
        return new DatabaseProblemException(new Problem(ProblemKind.NODE_CONFIG_UNUSABLE, file, reason), cause);
    }
}
