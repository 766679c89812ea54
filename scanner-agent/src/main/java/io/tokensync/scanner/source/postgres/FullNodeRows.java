package io.tokensync.scanner.source.postgres;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.TokenTable;

/**
 * What a full node of v1 knows of the network: the rows of several tables, one table after the other. Most nodes have none
 * of them or nothing in them; a table that is not there says nothing about its rows.
 */
final class FullNodeRows implements TokenRows {
    private final List<PostgresRows> tables;
    private int current;

    private FullNodeRows(List<PostgresRows> tables) {
        this.tables = tables;
    }

    /**
     * Looks at the tables of a database, to read them.
     *
     * @param readBefore the id of the transaction below which rows need not be read; empty to read all
     * @throws DatabaseProblemException also when one is there and cannot be read
     */
    static FullNodeRows open(Path file, PostgresConnection connection, DatabaseWatch watch, String schema,
            Optional<BigInteger> readBefore, int pageRows) throws DatabaseProblemException, InterruptedException {
        Set<TokenTable> present = watch.call(file, "looking for its tables", _ -> connection.read(c -> {
            Set<TokenTable> found = EnumSet.noneOf(TokenTable.class);
            for (TokenTable table : TokenTable.OF_V1_FULL_NODE) {
                if (PostgresTable.of(c, schema, table).isPresent()) {
                    found.add(table);
                }
            }
            return found;
        }));
        List<PostgresRows> tables = new ArrayList<>();
        List<TokenTable> earlier = new ArrayList<>();
        for (TokenTable table : present) {
            PostgresRows.Place place = new PostgresRows.Place(schema, table, List.copyOf(earlier));
            tables.add(PostgresRows.open(file, connection, watch, place, readBefore, pageRows));
            earlier.add(table);
        }
        return new FullNodeRows(tables);
    }

    @Override
    public List<Problem> remarks() {
        return List.of();
    }

    @Override
    public Set<TokenTable> tables() {
        return TokenTable.OF_V1_FULL_NODE;
    }

    @Override
    public Set<TokenTable> leftOut() {
        Set<TokenTable> leftOut = EnumSet.copyOf(TokenTable.OF_V1_FULL_NODE);
        tables.forEach(table -> leftOut.removeAll(table.tables()));
        return leftOut;
    }

    @Override
    public RawRow next() throws DatabaseProblemException, InterruptedException {
        RawRow row = null;
        while (row == null && current < tables.size()) {
            row = tables.get(current).next();
            current += row == null ? 1 : 0;
        }
        return row;
    }

    /** None: the id is each table's primary key, and a row tells whether an earlier table has its id. */
    @Override
    public Set<String> repeatedIds() {
        return Set.of();
    }

    @Override
    public List<RawRow> find(Collection<String> ids) throws DatabaseProblemException, InterruptedException {
        List<RawRow> found = new ArrayList<>();
        for (PostgresRows table : tables) {
            found.addAll(table.find(ids));
        }
        return found;
    }

    @Override
    public RawRow read(RawRow unread) throws DatabaseProblemException, InterruptedException {
        for (PostgresRows table : tables) {
            if (table.tables().contains(unread.table())) {
                return table.read(unread);
            }
        }
        throw new IllegalArgumentException("no row of " + unread.table() + " was met");
    }

    @Override
    public void close() {
        tables.forEach(PostgresRows::close);
    }
}
