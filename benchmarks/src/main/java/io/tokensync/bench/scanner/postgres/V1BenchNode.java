package io.tokensync.bench.scanner.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.tokensync.testkit.postgres.PostgresServer;

/** A node of v1 with whole tokens of the main net and the transactions that made them, in a database of its own. */
public final class V1BenchNode {
    private static final String DATABASE = "bench_node";
    private static final String TABLE = """
            CREATE TABLE tokens (token_id TEXT PRIMARY KEY, parent_token_id TEXT, token_value NUMERIC NOT NULL
                CHECK (token_value >= 0), token_status SMALLINT NOT NULL DEFAULT 99, did TEXT, transaction_id TEXT,
                token_state_hash TEXT, token_type SMALLINT NOT NULL, latest_position BIGINT, latest_role SMALLINT,
                created_at TIMESTAMPTZ NOT NULL DEFAULT now(), updated_at TIMESTAMPTZ NOT NULL DEFAULT now())""";
    /** Tokens of a transaction lie together, and otherwise in no order. */
    private static final String ROWS = """
            INSERT INTO tokens SELECT (1 + n / 4000000) || '_' || n %% 4000000, NULL, 1, 0, m.did, m.id,
                'Qm' || md5('s' || n) || 'abcdefghijkm', 1, n, 0
            FROM generate_series(1, ?) n JOIN minted m ON m.number = n / %d
            ORDER BY md5(m.id), md5(n::text)""".formatted(V1BenchTransactions.TOKENS);

    private final PostgresServer server;
    private final Path directory;

    private V1BenchNode(PostgresServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /** Makes the node's directory below the root, and its rows in an order that is not that of their ids. */
    public static V1BenchNode create(PostgresServer server, Path root, int rows) throws IOException, SQLException {
        Path directory = Files.createDirectories(root.resolve("node001"));
        Files.createDirectories(directory.resolve(".ipfs"));
        Files.writeString(directory.resolve("config.toml"), """
                [core]
                network_mode = "mainnet"
                [db]
                host = "%s"
                port = %d
                db_name = "%s"
                """.formatted(server.host(), server.port(), DATABASE));
        server.createDatabase(DATABASE, PostgresServer.USER);
        V1BenchNode node = new V1BenchNode(server, directory);
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                PreparedStatement fill = connection.prepareStatement(ROWS)) {
            statement.execute(TABLE);
            new V1BenchTransactions(directory.resolve("mainnet").resolve("dids")).fill(connection, rows);
            statement.execute("CREATE TABLE token_type (id SMALLINT PRIMARY KEY, name TEXT)");
            statement.execute("INSERT INTO token_type VALUES (1, 'rbt'), (2, 'nft'), (3, 'ft'), (4, 'smart_contract')");
            fill.setInt(1, rows);
            fill.executeUpdate();
            statement.execute("DROP TABLE minted");
            statement.execute("VACUUM ANALYZE tokens, transactions");
        }
        return node;
    }

    Connection connect() throws SQLException {
        return server.connect(DATABASE);
    }

    /** Changes one row in so many; returns how many. */
    public int change(int oneIn) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            return statement.executeUpdate("UPDATE tokens SET token_status = 4, updated_at = now()"
                    + " WHERE latest_position % " + oneIn + " = 0");
        }
    }

    /** Reads every column of every row with the driver's cursor, as one who does nothing else; returns how many. */
    public long scan() throws SQLException {
        long rows = 0;
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(1_000);
                try (ResultSet results = statement.executeQuery("SELECT * FROM tokens")) {
                    int columns = results.getMetaData().getColumnCount();
                    while (results.next()) {
                        for (int column = 1; column <= columns; column++) {
                            results.getString(column);
                        }
                        rows++;
                    }
                }
            }
        }
        return rows;
    }

    /** Rows that are dead and still in the table's file. */
    public long deadRows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement
                        .executeQuery("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'tokens'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Its directory. */
    public Path directory() {
        return directory;
    }
}
