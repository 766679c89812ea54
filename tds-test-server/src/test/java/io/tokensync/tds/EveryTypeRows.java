package io.tokensync.tds;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import microsoft.sql.DateTimeOffset;

/** Rows of {@link EveryType} as the driver's bulk copy takes them, value by value in the classes it likes best. */
final class EveryTypeRows implements ISQLServerBulkData {
    private static final long serialVersionUID = 1L;

    private final transient Iterator<List<Object>> rows;
    private transient List<Object> current;

    EveryTypeRows(Iterator<List<Object>> rows) {
        this.rows = rows;
    }

    @Override
    public Set<Integer> getColumnOrdinals() {
        Set<Integer> ordinals = new HashSet<>();
        for (int i = 1; i <= EveryType.NAMES.size(); i++) {
            ordinals.add(i);
        }
        return ordinals;
    }

    @Override
    public String getColumnName(int column) {
        return EveryType.NAMES.get(column - 1);
    }

    @Override
    public int getColumnType(int column) {
        return EveryType.JDBC_TYPES[column - 1];
    }

    @Override
    public int getPrecision(int column) {
        return EveryType.PRECISIONS[column - 1];
    }

    @Override
    public int getScale(int column) {
        return EveryType.SCALES[column - 1];
    }

    @Override
    public Object[] getRowData() {
        return current.stream().map(EveryTypeRows::forDriver).toArray();
    }

    private static Object forDriver(Object value) {
        return switch (value) {
            case null -> null;
            case LocalDateTime time -> Timestamp.valueOf(time);
            case LocalDate date -> java.sql.Date.valueOf(date);
            case OffsetDateTime time -> DateTimeOffset.valueOf(time);
            case java.util.UUID guid -> guid.toString();
            default -> value;
        };
    }

    @Override
    public boolean next() {
        boolean more = rows.hasNext();
        current = more ? rows.next() : null;
        return more;
    }
}
