package io.tokensync.scanner.source.postgres;

import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.TuplePlace;

/**
 * The token rows of a v1 node. Places are the tuples' own, so that every change of a row is a change of its place; a row
 * that moves to where the scan has been is looked up by its id before it is believed to be gone.
 */
final class PostgresRows implements TokenRows {
    private final Path file;
    private final PostgresConnection connection;
    private final DatabaseWatch watch;
    private final Map<TokenTable, PageQueries> queries = new EnumMap<>(TokenTable.class);
    private final Map<TokenTable, StoredTokens> stored = new EnumMap<>(TokenTable.class);
    private final Iterator<TableScan> scans;
    private final List<Problem> remarks = new ArrayList<>();
    private final Set<TokenTable> leftOut = EnumSet.noneOf(TokenTable.class);
    private TableScan scan;
    private TokenTable blockTable;
    private long block;
    private Map<Long, RawRow> blockRows = Map.of();

    /** What a database looks like. */
    private record Layout(Map<TokenTable, PostgresTable> tables, Map<String, String> types,
            Map<String, String> statuses) {}

    private PostgresRows(Path file, PostgresConnection connection, DatabaseWatch watch, Layout layout,
            Optional<BigInteger> readBefore, int pageRows) {
        this.file = file;
        this.connection = connection;
        this.watch = watch;
        List<PostgresTable> earlier = new ArrayList<>();
        List<TableScan> all = new ArrayList<>();
        for (PostgresTable table : layout.tables.values()) {
            if (!table.isReadable()) {
                leftOut.add(table.table());
                remarks.add(new Problem(ProblemKind.POSTGRES_TABLE_LEFT_OUT, file,
                        "its table " + table.table().tableName() + table.obstacle().orElse("")));
                continue;
            }
            PageQueries pages = new PageQueries(table, earlier, readBefore);
            StoredTokens rows = new StoredTokens(table.table(), pages.columns(), layout.types, layout.statuses);
            queries.put(table.table(), pages);
            stored.put(table.table(), rows);
            all.add(new TableScan(connection, watch, file, table, pages, rows, pageRows));
            earlier.add(table);
        }
        this.scans = all.iterator();
    }

    /**
     * Looks at the tables of a database, to read it.
     *
     * @param readBefore the id of the transaction below which rows need not be read; empty to read all
     * @throws DatabaseProblemException also when it is no node's
     */
    static PostgresRows open(Path file, PostgresConnection connection, DatabaseWatch watch, String schema,
            Optional<BigInteger> readBefore, int pageRows) throws DatabaseProblemException, InterruptedException {
        Layout layout = watch.call(file, "looking at its tables", _ -> connection.read(c -> look(c, schema)));
        PostgresTable tokens = layout.tables.get(TokenTable.V1_TOKENS);
        if (tokens == null) {
            throw new DatabaseProblemException(new Problem(ProblemKind.NO_TOKENS_TABLE, file,
                    "its database has no table named tokens in schema " + schema), null);
        }
        if (!tokens.isReadable()) {
            throw new DatabaseProblemException(new Problem(ProblemKind.POSTGRES_FORBIDDEN, file,
                    "its table tokens" + tokens.obstacle().orElse("")), null);
        }
        return new PostgresRows(file, connection, watch, layout, readBefore, pageRows);
    }

    private static Layout look(Connection connection, String schema) throws SQLException {
        return new Layout(PostgresTable.all(connection, schema),
                PostgresConnection.names(connection, schema, "token_type"),
                PostgresConnection.names(connection, schema, "token_status"));
    }

    @Override
    public List<Problem> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public Set<TokenTable> tables() {
        return TokenTable.of(NodeGeneration.V1);
    }

    @Override
    public Set<TokenTable> leftOut() {
        return leftOut;
    }

    @Override
    public RawRow next() throws DatabaseProblemException, InterruptedException {
        RawRow row = scan == null ? null : scan.next();
        while (row == null && scans.hasNext()) {
            scan = scans.next();
            row = scan.next();
        }
        return row;
    }

    /** None: the id is every table's primary key. */
    @Override
    public Set<String> repeatedIds() {
        return Set.of();
    }

    @Override
    public List<RawRow> find(Collection<String> ids) throws DatabaseProblemException, InterruptedException {
        return watch.call(file, "looking up rows", _ -> connection.read(c -> {
            List<RawRow> found = new ArrayList<>();
            Array array = c.createArrayOf("text", ids.toArray());
            for (Map.Entry<TokenTable, PageQueries> table : queries.entrySet()) {
                try (PreparedStatement statement = c.prepareStatement(table.getValue().byId())) {
                    statement.setArray(1, array);
                    found.addAll(rows(statement, stored.get(table.getKey())));
                }
            }
            return found;
        }));
    }

    @Override
    public RawRow read(RawRow unread) throws DatabaseProblemException, InterruptedException {
        long of = TuplePlace.block(unread.rowid());
        if (unread.table() != blockTable || of != block) {
            readBlock(unread.table(), of);
        }
        return blockRows.get(unread.rowid());
    }

    /** Those beside it may be asked for next. */
    private void readBlock(TokenTable table, long number) throws DatabaseProblemException, InterruptedException {
        List<RawRow> rows = watch.call(file, "reading rows of " + table.tableName(), _ -> connection.read(c -> {
            try (PreparedStatement statement = c.prepareStatement(queries.get(table).block())) {
                statement.setString(1, TuplePlace.text(TuplePlace.ofBlock(number)));
                statement.setString(2, TuplePlace.text(TuplePlace.ofBlock(number + 1)));
                return rows(statement, stored.get(table));
            }
        }));
        blockTable = table;
        block = number;
        blockRows = rows.stream().collect(Collectors.toMap(RawRow::rowid, Function.identity()));
    }

    private static List<RawRow> rows(PreparedStatement statement, StoredTokens stored) throws SQLException {
        List<RawRow> rows = new ArrayList<>();
        try (ResultSet results = statement.executeQuery()) {
            while (results.next()) {
                rows.add(stored.row(results));
            }
        }
        return rows;
    }

    /** The connection is the source's. */
    @Override
    public void close() {}
}
