package io.tokensync.simulator.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tokensync.simulator.node.DatabaseBusyException;

/** A node's database in the hands of the node. Not thread-safe. */
public final class V1Database implements AutoCloseable {
    private static final String LOCK_TIMEOUT = "SET lock_timeout = '5s'";
    /** A lock was not to be had, no connection was, or the server is just starting: nothing was changed. */
    private static final Set<String> BUSY = Set.of("55P03", "08001", "57P03");
    /** By this comment a database is known to be the simulator's, which may drop it. */
    private static final String OURS = "simulated by tokensync";

    private final Connection connection;
    private final V1Schema schema;
    private final V1Inserts inserts;
    private final String name;

    private interface Call<T> {
        T run() throws SQLException;
    }

    private interface Action {
        void run() throws SQLException;
    }

    private V1Database(Connection connection, V1Schema schema, String name) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.name = name;
        this.inserts = new V1Inserts(connection, schema);
    }

    /**
     * Makes a node's database with its tables, and its login. An earlier simulation's of this name is dropped.
     *
     * @throws IOException when PostgreSQL fails, or has a database of this name that nobody may drop
     */
    public static V1Database create(PostgresAccess access, V1Config config, V1Schema schema) throws IOException {
        call(config.database(), () -> {
            String url = url(access.host(), access.port(), "postgres");
            try (Connection superuser = DriverManager.getConnection(url, access.user(), access.password())) {
                create(superuser, config);
            }
            return null;
        });
        V1Database database = open(config, schema);
        database.act(() -> {
            for (String sql : V1Ddl.statements(schema)) {
                database.execute(sql);
            }
        });
        return database;
    }

    /** Logs the node in. */
    public static V1Database open(V1Config config, V1Schema schema) throws IOException {
        return call(config.database(), () -> {
            Connection connection = DriverManager.getConnection(url(config.host(), config.port(), config.database())
                    + "&stringtype=unspecified&reWriteBatchedInserts=true", config.username(), config.password());
            connection.setAutoCommit(false);
            V1Database database = new V1Database(connection, schema, config.database());
            database.execute(LOCK_TIMEOUT);
            connection.commit();
            return database;
        });
    }

    /** Inserts a row with its history, at the latest with the next {@link #commit}. */
    public void insert(V1Row row) throws IOException {
        act(() -> inserts.add(row));
    }

    /** Sets a status, and nothing else: locking a token is no transaction, and moves no time. */
    public void setStatus(String token, V1Status status) throws IOException {
        act(() -> change(token, "token_status = ?", List.of(code(status))));
    }

    /** Sets what a transaction does with a token. */
    public void apply(String token, V1Status status, String did, V1Step step) throws IOException {
        act(() -> {
            inserts.addDid(did);
            inserts.addStep(token, step, chainLength(token));
            inserts.send();
            List<String> values = new ArrayList<>(List.of(code(status), did));
            String columns = "token_status = ?, did = ?";
            if (schema.hasTransactions()) {
                columns += ", transaction_id = ?";
                values.add(step.transaction().id());
            }
            if (schema.hasLatest()) {
                columns += ", latest_role = ?, latest_position = latest_position + 1";
                values.add(Integer.toString(step.role().id()));
            }
            if (schema.hasTimes()) {
                columns += ", updated_at = ?";
                values.add(step.transaction().when().toString());
            }
            change(token, columns, values);
        });
    }

    /** Deletes a token and its chain; its parts lose their parent by the table's own rule. */
    public void delete(String token) throws IOException {
        act(() -> {
            run("DELETE FROM tokenchain WHERE token_id = ?", List.of(token));
            requireOne(run("DELETE FROM tokens WHERE token_id = ?", List.of(token)), token);
        });
    }

    /** Sends what is batched and commits. */
    public void commit() throws IOException {
        act(() -> {
            inserts.send();
            connection.commit();
        });
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() throws IOException {
        act(connection::close);
    }

    private void change(String token, String columns, List<String> values) throws SQLException {
        List<String> parameters = new ArrayList<>(values);
        parameters.add(token);
        requireOne(run("UPDATE tokens SET " + columns + " WHERE token_id = ?", parameters), token);
    }

    private long chainLength(String token) throws SQLException {
        String sql = "SELECT count(*) FROM tokenchain WHERE token_id = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, token);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private int run(String sql, List<String> parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            return statement.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String code(V1Status status) {
        return Integer.toString(schema.code(status));
    }

    private void act(Action action) throws IOException {
        call(name, () -> {
            action.run();
            return null;
        });
    }

    private static void create(Connection superuser, V1Config config) throws SQLException {
        String database = '"' + config.database() + '"';
        String user = '"' + config.username() + '"';
        try (Statement statement = superuser.createStatement()) {
            if (exists(statement, "SELECT FROM pg_database WHERE datname = '" + config.database()
                    + "' AND shobj_description(oid, 'pg_database') = '" + OURS + '\'')) {
                statement.execute("DROP DATABASE " + database + " WITH (FORCE)");
            }
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + config.username() + '\'')) {
                statement.execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + config.password() + '\'');
            }
            statement.execute("CREATE DATABASE " + database + " OWNER " + user);
            statement.execute("COMMENT ON DATABASE " + database + " IS '" + OURS + '\'');
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private static String url(String host, int port, String database) {
        return "jdbc:postgresql://" + host + ':' + port + '/' + database + "?ApplicationName=rubix";
    }

    private static void requireOne(int rows, String token) {
        if (rows != 1) {
            throw new IllegalStateException(
                    rows + " rows have the id " + token + ": somebody else has changed the database");
        }
    }

    private static <T> T call(String database, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (SQLException e) {
            String message = "database " + database + ": " + e.getMessage();
            throw BUSY.contains(e.getSQLState()) ? new DatabaseBusyException(message, e) : new IOException(message, e);
        }
    }
}
