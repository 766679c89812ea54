package io.tokensync.monitor.table.jdbc;

import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a WHERE with its parameters.
 *
 * @param sql empty for none
 * @param values of its question marks, in order
 */
record Condition(String sql, List<Object> values) {
    static final Condition NONE = new Condition("", List.of());

    static Condition of(String sql, Object... values) {
        return new Condition(sql, List.of(values));
    }

    Condition and(Condition other) {
        if (sql.isEmpty() || other.sql.isEmpty()) {
            return sql.isEmpty() ? other : this;
        }
        return new Condition(sql + " AND " + other.sql, Stream.concat(values.stream(), other.values.stream()).toList());
    }

    boolean isEmpty() {
        return sql.isEmpty();
    }
}
