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
    private static final StagingColumn[] COLUMNS = StagingColumn.values();
    private static final Set<Integer> ORDINALS = IntStream.rangeClosed(1, COLUMNS.length).boxed()
            .collect(Collectors.toUnmodifiableSet());
    private static final int TIME_LENGTH = 27;
    private static final int BIGINT_DIGITS = 19;
    /** Longer than any NVARCHAR(n), which tells the driver to send NVARCHAR(MAX). */
    private static final int UNBOUNDED = 1 << 30;

    @SuppressWarnings("serial") // the driver never serializes it
    private final transient Iterator<StagedRow> rows;
    private transient StagedRow current;

    BulkRows(List<StagedRow> rows) {
        this.rows = rows.iterator();
    }

    @Override
    public Set<Integer> getColumnOrdinals() {
        return ORDINALS;
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
        Object[] row = new Object[COLUMNS.length];
        for (int i = 0; i < row.length; i++) {
            Object value = COLUMNS[i].of(current);
            row[i] = value instanceof LocalDateTime time ? SqlTimes.text(time) : value;
        }
        return row;
    }

    private static StagingColumn of(int column) {
        return COLUMNS[column - 1];
    }
}
