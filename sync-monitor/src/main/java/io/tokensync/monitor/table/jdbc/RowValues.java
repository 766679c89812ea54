package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tokensync.common.jdbc.SqlTimes;

/** Rows by name of their columns, the same from any product: times as instants, bits as truths, everything else as it is. */
final class RowValues {
    private static final Set<String> TIMES = Set.of("created_at", "updated_at", "deleted_at", "synced_at",
            "observed_at",
            "db_last_modified", "transaction_time", "as_of", "verified_at", "last_modified", "last_processed",
            "looked_at", "problem_since");
    private static final Set<String> TRUTHS = Set.of("ipfs_fetched");
    /** Of a text; what is longer ends with a mark. */
    private static final int LONGEST = 65_536;

    private RowValues() {}

    static List<Map<String, Object>> all(ResultSet found) throws SQLException {
        ResultSetMetaData meta = found.getMetaData();
        List<Map<String, Object>> rows = new ArrayList<>();
        while (found.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int column = 1; column <= meta.getColumnCount(); column++) {
                String name = meta.getColumnLabel(column);
                row.put(name, value(found, name));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object value(ResultSet found, String name) throws SQLException {
        if (TIMES.contains(name)) {
            return time(found, name);
        }
        Object value = found.getObject(name);
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (TRUTHS.contains(name)) {
            return found.getBoolean(name);
        }
        return switch (value) {
            case BigDecimal number -> number;
            case Double number -> number;
            case Number number -> number.longValue();
            default -> shortened(found.getString(name));
        };
    }

    private static Object time(ResultSet found, String name) throws SQLException {
        try {
            LocalDateTime time = SqlTimes.read(found, name);
            return time == null ? null : time.toInstant(ZoneOffset.UTC).toString();
        } catch (DateTimeException _) {
            return found.getString(name); // as somebody else has written it
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
