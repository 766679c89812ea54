package io.tokensync.bench.writer.jdbc;

import java.sql.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;

/** Rows as the driver's bulk copy reads them. */
final class BulkRows implements ISQLServerBulkData {
    private static final long serialVersionUID = 1L;
    private static final int DIGITS = 19;
    private static final int CHARACTERS = 1_000;

    @SuppressWarnings("serial") // the driver never serializes it
    private final transient Iterator<Object[]> rows;
    private transient Object[] current;

    BulkRows(List<Object[]> rows) {
        this.rows = rows.iterator();
    }

    @Override
    public Set<Integer> getColumnOrdinals() {
        return IntStream.rangeClosed(1, BenchRow.COLUMNS.size()).boxed().collect(Collectors.toSet());
    }

    @Override
    public String getColumnName(int column) {
        return BenchRow.COLUMNS.get(column - 1);
    }

    @Override
    public int getColumnType(int column) {
        if (column - 1 == BenchRow.FLAG) {
            return Types.BIT;
        }
        return column - 1 >= BenchRow.FIRST_NUMBER ? Types.BIGINT : Types.NVARCHAR;
    }

    @Override
    public int getPrecision(int column) {
        if (column - 1 == BenchRow.FLAG) {
            return 1;
        }
        return column - 1 >= BenchRow.FIRST_NUMBER ? DIGITS : CHARACTERS;
    }

    @Override
    public int getScale(int column) {
        return 0;
    }

    @Override
    public boolean next() {
        current = rows.hasNext() ? rows.next() : null;
        return current != null;
    }

    @Override
    public Object[] getRowData() {
        return current.clone();
    }
}
