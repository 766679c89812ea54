package io.tokensync.scanner.source.postgres;

import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseSource;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.Look;
import io.tokensync.scanner.source.Stamp;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.postgres.PostgresConnection.Address;
import io.tokensync.scanner.source.postgres.chain.TransactionTable;

/**
 * The databases of nodes of v1, which are found by their {@code config.toml}; what a full node knows of the network is in
 * tables of its own there, and read as another database.
 */
public final class PostgresSource implements DatabaseSource {
    /** One statement; the counters of the tables are those of their last transactions but a few seconds. */
    private static final String STAMP = """
            SELECT concat_ws('/', (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint,
                    pg_is_in_recovery(), (SELECT (extract(epoch FROM stats_reset) * 1000000)::bigint
                        FROM pg_stat_database WHERE datname = current_database()),
                    (SELECT has_table_privilege(c.oid, 'SELECT') FROM pg_class c
                        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?)),
                (SELECT oid FROM pg_database WHERE datname = current_database())::text,
                pg_snapshot_xmin(s)::text, pg_snapshot_xmax(s)::text,
                CASE WHEN current_setting('track_counts') = 'off' THEN 'uncounted:' || pg_snapshot_xmax(s) ELSE
                coalesce((SELECT string_agg(c.oid || '/' || pg_relation_filenode(c.oid) || ':' || u.n_tup_ins || ':'
                    || u.n_tup_upd || ':' || u.n_tup_del, ',' ORDER BY c.oid)
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    JOIN pg_stat_user_tables u ON u.relid = c.oid
                    WHERE n.nspname = ? AND c.relname = ANY(?)), '') END,
                clock_timestamp()
            FROM pg_current_snapshot() s""";
    private static final int SERVER = 1;
    private static final int DATABASE = 2;
    private static final int OLDEST = 3;
    private static final int NEXT = 4;
    private static final int TABLES = 5;
    private static final int AT = 6;

    private final PostgresSettings settings;
    private final int pageRows;
    private final DatabaseWatch watch;
    private final Map<Path, PostgresConnection> connections = new HashMap<>();
    /** Whose configuration has been read in this scan cycle. */
    private final Set<Path> upToDate = new HashSet<>();

    /**
     * @param pageRows most rows of a page
     * @param watch what is done with the databases is done on it
     */
    public PostgresSource(PostgresSettings settings, int pageRows, DatabaseWatch watch) {
        this.settings = settings;
        this.pageRows = pageRows;
        this.watch = watch;
    }

    @Override
    public Stamp stamp(Path file) throws DatabaseProblemException, InterruptedException {
        PostgresConnection connection = connection(file);
        return watch.call(file, "looking at it", _ -> connection.read(c -> stamp(c, tables(file))));
    }

    @Override
    public Look look(Path file, String remembered) throws DatabaseProblemException, InterruptedException {
        PostgresStamp now = (PostgresStamp) stamp(file);
        return new Look(now, now.isUnchanged(remembered));
    }

    @Override
    public long estimatedRows(Path file) throws DatabaseProblemException, InterruptedException {
        PostgresConnection connection = connection(file);
        return watch.call(file, "estimating its size", _ -> connection.read(c -> {
            long rows = 0;
            for (TokenTable table : tables(file)) {
                rows += PostgresTable.of(c, settings.schema(), table).map(PostgresTable::rows).orElse(0L);
            }
            return rows;
        }));
    }

    @Override
    public TokenRows open(Path file, Stamp stamp, String remembered)
            throws DatabaseProblemException, InterruptedException {
        Optional<BigInteger> readBefore = ((PostgresStamp) stamp).readBefore(remembered);
        return NodeConfig.isFullNodeView(file)
                ? FullNodeRows.open(file, connection(file), watch, settings.schema(), readBefore, pageRows)
                : PostgresRows.open(file, connection(file), watch,
                        PostgresRows.Place.of(settings.schema(), TokenTable.V1_TOKENS), readBefore, pageRows);
    }

    /** Nothing is kept of a reading but what the caller remembers. */
    @Override
    public void forget(Path file) {}

    @Override
    public void retain(Collection<Path> files) {
        upToDate.clear();
        Set<Path> gone = new HashSet<>(connections.keySet());
        gone.removeAll(new HashSet<>(files));
        gone.forEach(file -> watch.close(file, connections.remove(file)::close));
    }

    @Override
    public void close() {
        retain(Set.of());
    }

    /** The connection to a node's database as its configuration says now. */
    private PostgresConnection connection(Path file) throws DatabaseProblemException, InterruptedException {
        if (upToDate.contains(file)) {
            return connections.get(file);
        }
        Address address = watch.call(file, "reading its configuration",
                _ -> PostgresConnection.address(file, settings));
        PostgresConnection present = connections.get(file);
        if (present != null && !present.isOf(address)) {
            watch.close(file, connections.remove(file)::close);
        }
        upToDate.add(file);
        return connections.computeIfAbsent(file, _ -> new PostgresConnection(file, address, settings));
    }

    /** What is read of the database that was found so. */
    private static Set<TokenTable> tables(Path file) {
        return NodeConfig.isFullNodeView(file) ? TokenTable.OF_V1_FULL_NODE : TokenTable.OF_V1_NODE;
    }

    private PostgresStamp stamp(Connection connection, Set<TokenTable> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STAMP)) {
            statement.setString(1, settings.schema());
            statement.setString(2, TransactionTable.NAME);
            statement.setString(3, settings.schema());
            statement.setArray(4, connection.createArrayOf("text",
                    tables.stream().map(TokenTable::tableName).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Instant at = row.getObject(AT, OffsetDateTime.class).toInstant();
                return new PostgresStamp(row.getString(SERVER), row.getString(DATABASE),
                        new BigInteger(row.getString(OLDEST)), new BigInteger(row.getString(NEXT)),
                        row.getString(TABLES), at);
            }
        }
    }
}
