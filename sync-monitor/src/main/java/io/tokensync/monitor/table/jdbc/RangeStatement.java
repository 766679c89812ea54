package io.tokensync.monitor.table.jdbc;

import java.util.stream.Stream;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.jdbc.Ranges.Range;

/**
 * The statements of one range: rows behind a place, up to another one, in the order of the index's key. There is no OFFSET
 * but the fixed one that looks how far a page may examine.
 */
final class RangeStatement {
    static final String COLUMNS = "t.id, t.token_id, t.token_kind, t.status_name, t.token_value, t.did, t.source_ip, "
            + "t.node_name, t.node_generation, t.parent_token_id, t.updated_at, t.deleted_at, t.ipfs_fetched, "
            + "t.ipfs_error, t.validation_errors, t.synced_at";

    private final Range range;
    private final Dialect dialect;
    private final String prefix;

    /** @param prefix of the token ids, for {@link AccessPath#PREFIX} */
    RangeStatement(Range range, Dialect dialect, String prefix) {
        this.range = range;
        this.dialect = dialect;
        this.prefix = prefix;
    }

    /** Rows that fit. */
    Condition page(Place after, Place until, Condition rest, int limit) {
        return statement(COLUMNS, from(after).and(to(until)).and(rest), dialect.page("0", "?"), limit);
    }

    /** The key of the row that is so many rows behind a place, if there are so many. */
    Condition boundary(Place after, int rows) {
        return statement("t.id, t.token_id", from(after), dialect.page("?", "1"), rows - 1);
    }

    private Condition statement(String columns, Condition where, String page, int value) {
        return new Condition("SELECT " + columns + " FROM " + range.path().table(dialect, "t") + " WHERE " + where.sql()
                + " ORDER BY " + range.path().order() + " " + page,
                Stream.concat(where.values().stream(), Stream.of(value)).toList());
    }

    private Condition from(Place after) {
        Condition condition = range.path().range(range.values());
        if (range.path() == AccessPath.PREFIX) {
            return after.token().isEmpty()
                    ? Condition.of(range.path().literal(), prefix, above(prefix))
                    : Condition.of("token_id >= ? AND token_id < ? AND (token_id > ? OR id > ?)", after.token(),
                            above(prefix), after.token(), after.id());
        }
        return condition.and(range.path().isByToken()
                ? Condition.of("token_id > ?", after.token())
                : Condition.of("id > ?", after.id()));
    }

    private Condition to(Place until) {
        if (until == null) {
            return Condition.NONE;
        }
        return switch (range.path()) {
            case PREFIX -> Condition.of("token_id <= ? AND (token_id < ? OR id <= ?)", until.token(), until.token(),
                    until.id());
            case NODE -> Condition.of("token_id <= ?", until.token());
            default -> Condition.of("id <= ?", until.id());
        };
    }

    /** The first text behind all that begin with the prefix, in the order of code points. */
    static String above(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1;
                points[last] = next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE
                        ? Character.MAX_SURROGATE + 1
                        : next;
                return new String(points, 0, last + 1);
            }
        }
        return prefix + "\uffff";
    }
}
