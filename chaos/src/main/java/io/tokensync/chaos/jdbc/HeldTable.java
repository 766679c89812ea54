package io.tokensync.chaos.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.testkit.postgres.PostgresServer;

/** A v1 node's table of tokens that nobody else can read, as during a migration of the node. */
public final class HeldTable {
    private final PostgresServer server;
    private final String database;
    private Connection holder;

    public HeldTable(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** The databases whose names begin so, in their order. */
    public static List<String> databases(PostgresServer server, String prefix) {
        try (Connection connection = server.connect(PostgresServer.USER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + prefix + "%' ORDER BY 1")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new IllegalStateException("the databases of the nodes are not known", e);
        }
    }

    public String database() {
        return database;
    }

    /** Takes the lock, when those who read have come to the end of a page. Where the server is away it stays so. */
    public void hold() {
        try {
            holder = server.connect(database);
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE");
            }
        } catch (SQLException _) {
            release(); // another fault was there before
        }
    }

    /** Gives the table back. */
    public void release() {
        try {
            if (holder != null) {
                holder.close();
            }
        } catch (SQLException _) {
            // Its server has ended, and the lock with it.
        } finally {
            holder = null;
        }
    }
}
