package io.tokensync.writer.jdbc;

import java.sql.Types;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;

import io.tokensync.common.jdbc.SqlTimes;

/** A batch as the driver's bulk copy reads it: row by row, columns by number from 1. */
final class BulkRows implements ISQLServerBulkData {
    private static final long serialVersionUID = 1L;
    private static final int TIME_LENGTH = 27;
    private static final int BIGINT_DIGITS = 19;
    /** Longer than any NVARCHAR(n), which tells the driver to send NVARCHAR(MAX). */
    private static final int UNBOUNDED = 1 << 30;

    @SuppressWarnings("serial") // the driver never serializes it
    private final transient Iterator<StagedRow> rows;
    @SuppressWarnings("serial") // likewise
    private final transient List<StagingColumn> columns;
    private final transient Set<Integer> ordinals;
    private transient StagedRow current;

    BulkRows(List<StagedRow> rows, List<StagingColumn> columns) {
        this.rows = rows.iterator();
        this.columns = columns;
        this.ordinals = IntStream.rangeClosed(1, columns.size()).boxed().collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Integer> getColumnOrdinals() {
        return ordinals;
    }

    @Override
    public String getColumnName(int column) {
        return of(column).column();
    }

    @Override
    public int getColumnType(int column) {
        return switch (of(column).type()) {
            case TEXT, TIME -> Types.NVARCHAR;
            case LONG_TEXT -> Types.LONGNVARCHAR;
            case NUMBER -> Types.BIGINT;
            case FLAG -> Types.BIT;
        };
    }

    @Override
    public int getPrecision(int column) {
        return switch (of(column).type()) {
            case TEXT -> of(column).length();
            case TIME -> TIME_LENGTH;
            case LONG_TEXT -> UNBOUNDED;
            case NUMBER -> BIGINT_DIGITS;
            case FLAG -> 1;
        };
    }

    @Override
    public int getScale(int column) {
        return 0;
    }

    @Override
    public boolean next() {
        boolean more = rows.hasNext();
        current = more ? rows.next() : null;
        return more;
    }

    @Override
    public Object[] getRowData() {
        Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            Object value = columns.get(i).of(current);
            row[i] = value instanceof LocalDateTime time ? SqlTimes.text(time) : value;
        }
        return row;
    }

    private StagingColumn of(int column) {
        return columns.get(column - 1);
    }
}
