package io.tokensync.simulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@code config.toml} of a node, as far as it says where the database is.
 *
 * @param nodeIndex among the nodes of its machine
 * @param network on which it is
 */
public record V1Config(int nodeIndex, V1Network network, String host, int port, String username, String password,
        String database) {
    /** The database of a node on this server, with a login of the node's own. */
    public static V1Config of(V1Node node, PostgresAccess access) {
        String name = access.prefix() + node.name();
        return new V1Config(node.index(), node.network(), access.host(), access.port(), name, name + "-secret", name);
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, """
                [core]
                node_index = %d
                network_mode = "%s"
                enable_trusted_network = false

                [db]
                host = "%s"
                port = %d
                username = "%s"
                password = "%s"
                db_name = "%s"

                [db.config]
                max_connections = 50
                min_connections = 5
                max_connection_lifetime_seconds = 3600
                max_connection_idletime_seconds = 600
                statement_timeout_seconds = 5

                [ipfs]
                mainnet_bootstrap_nodes = []
                testnet_bootstrap_nodes = []
                localnet_bootstrap_nodes = []
                """.formatted(nodeIndex, network.mode(), host, port, username, password, database));
    }

    /** Reads a file that {@link #write} has written; no other. */
    public static V1Config read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] pair = line.split(" = ", 2);
            if (pair.length == 2) {
                values.put(pair[0], pair[1].replace("\"", ""));
            }
        }
        V1Network network = null;
        for (V1Network candidate : V1Network.values()) {
            network = candidate.mode().equals(values.get("network_mode")) ? candidate : network;
        }
        return new V1Config(Integer.parseInt(values.get("node_index")), network, values.get("host"),
                Integer.parseInt(values.get("port")), values.get("username"), values.get("password"),
                values.get("db_name"));
    }
}
