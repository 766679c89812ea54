package io.tokensync.scanner.source.postgres;

import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.TuplePlace;
import io.tokensync.scanner.source.postgres.chain.TransactionTable;
import io.tokensync.scanner.source.postgres.chain.Transactions;

/**
 * The token rows of one table of a v1 node. Places are the tuples' own, so that every change of a row is a change of its
 * place; a row that moves to where the scan has been is looked up by its id before it is believed to be gone.
 */
final class PostgresRows implements TokenRows {
    private final Path file;
    private final PostgresConnection connection;
    private final DatabaseWatch watch;
    private final PageQueries queries;
    private final StoredTokens stored;
    private final RowCompletion completion;
    private final TableScan scan;
    private final boolean hidesTransactions;
    private long block = -1;
    private Map<Long, RawRow> blockRows = Map.of();

    /**
     * A table to be read.
     *
     * @param schema where it is
     * @param table which one
     * @param earlier those whose rows take precedence
     */
    record Place(String schema, TokenTable table, List<TokenTable> earlier) {
        /** A table before which none comes. */
        static Place of(String schema, TokenTable table) {
            return new Place(schema, table, List.of());
        }

        List<String> earlierNames() {
            return earlier.stream().map(other -> PostgresTable.name(schema, other)).toList();
        }
    }

    /** What a database looks like. */
    private record Layout(Place place, Optional<PostgresTable> tokens, Map<String, String> types,
            Map<String, String> statuses, TransactionTable transactions) {}

    private PostgresRows(Path file, PostgresConnection connection, DatabaseWatch watch, Layout layout,
            Optional<BigInteger> readBefore, int pageRows) {
        PostgresTable tokens = layout.tokens.orElseThrow();
        this.file = file;
        this.connection = connection;
        this.watch = watch;
        this.queries = new PageQueries(tokens, readBefore, layout.place.earlierNames());
        this.stored = new StoredTokens(tokens.table(), queries.columns(), layout.types, layout.statuses);
        boolean named = layout.place.table == TokenTable.V1_TOKENS; // a full node's are in a table of their own
        this.completion = named && layout.transactions.readable()
                ? new Transactions(file.getParent(),
                        PostgresTable.quoted(layout.place.schema) + "." + TransactionTable.NAME)::add
                : RowCompletion.NONE;
        this.hidesTransactions = named && layout.transactions.exists() && !layout.transactions.readable();
        this.scan = new TableScan(connection, watch, file, tokens.blocks(), queries, stored, completion, pageRows);
    }

    /**
     * Looks at a table of a database, to read it.
     *
     * @param place of the table
     * @param readBefore the id of the transaction below which rows need not be read; empty to read all
     * @throws DatabaseProblemException also when it is no node's
     */
    static PostgresRows open(Path file, PostgresConnection connection, DatabaseWatch watch, Place place,
            Optional<BigInteger> readBefore, int pageRows) throws DatabaseProblemException, InterruptedException {
        Layout layout = watch.call(file, "looking at its tables", _ -> connection.read(c -> look(c, place)));
        String table = "table " + place.table.tableName();
        if (layout.tokens.isEmpty()) {
            throw problem(ProblemKind.NO_TOKENS_TABLE, file,
                    "its database has no " + table + " in schema " + place.schema);
        }
        PostgresTable tokens = layout.tokens.get();
        if (!tokens.readable()) {
            throw problem(ProblemKind.POSTGRES_FORBIDDEN, file,
                    "its " + table + " may not be read by the agent's login");
        }
        if (tokens.obstacle().isPresent()) {
            throw problem(ProblemKind.NO_ID_COLUMN, file, "its " + table + " " + tokens.obstacle().get());
        }
        return new PostgresRows(file, connection, watch, layout, readBefore, pageRows);
    }

    private static DatabaseProblemException problem(ProblemKind kind, Path file, String reason) {
        return new DatabaseProblemException(new Problem(kind, file, reason), null);
    }

    private static Layout look(Connection connection, Place place) throws SQLException {
        return new Layout(place, PostgresTable.of(connection, place.schema, place.table),
                PostgresConnection.names(connection, place.schema, "token_type"),
                PostgresConnection.names(connection, place.schema, "token_status"),
                TransactionTable.look(connection, place.schema));
    }

    @Override
    public List<Problem> remarks() {
        return hidesTransactions
                ? List.of(new Problem(ProblemKind.TRANSACTIONS_FORBIDDEN, file,
                        "its table transactions may not be read by the agent's login"))
                : List.of();
    }

    @Override
    public Set<TokenTable> tables() {
        return EnumSet.of(stored.table());
    }

    @Override
    public Set<TokenTable> leftOut() {
        return EnumSet.noneOf(TokenTable.class);
    }

    @Override
    public RawRow next() throws DatabaseProblemException, InterruptedException {
        return scan.next();
    }

    /** None: the id is the table's primary key. */
    @Override
    public Set<String> repeatedIds() {
        return Set.of();
    }

    @Override
    public List<RawRow> find(Collection<String> ids) throws DatabaseProblemException, InterruptedException {
        return watch.call(file, "looking up rows", _ -> connection.read(c -> {
            try (PreparedStatement statement = c.prepareStatement(queries.byId())) {
                statement.setArray(1, c.createArrayOf("text", ids.toArray()));
                return rows(c, statement);
            }
        }));
    }

    /** Those beside it are read with it, because they may be asked for next. */
    @Override
    public RawRow read(RawRow unread) throws DatabaseProblemException, InterruptedException {
        long number = TuplePlace.block(unread.rowid());
        if (number != block) {
            List<RawRow> rows = watch.call(file, "reading rows", _ -> connection.read(c -> {
                try (PreparedStatement statement = c.prepareStatement(queries.block())) {
                    statement.setString(1, TuplePlace.text(TuplePlace.ofBlock(number)));
                    statement.setString(2, TuplePlace.text(TuplePlace.ofBlock(number + 1)));
                    return rows(c, statement);
                }
            }));
            block = number;
            blockRows = rows.stream().collect(Collectors.toMap(RawRow::rowid, Function.identity()));
        }
        return blockRows.get(unread.rowid());
    }

    private List<RawRow> rows(Connection c, PreparedStatement statement) throws SQLException {
        List<RawRow> rows = new ArrayList<>();
        try (ResultSet results = statement.executeQuery()) {
            while (results.next()) {
                rows.add(stored.row(results));
            }
        }
        completion.complete(c, rows);
        return rows;
    }

    /** The connection is the source's. */
    @Override
    public void close() {}
}
