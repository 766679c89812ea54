package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.monitor.table.Search;

/** What a search asks beyond the range of the index: each row of the range is looked at for it. */
final class Filters {
    private final Search search;
    private final AccessPath path;
    private final Dialect dialect;

    Filters(Search search, AccessPath path, Dialect dialect) {
        this.search = search;
        this.path = path;
        this.dialect = dialect;
    }

    Condition all() {
        Condition all = presence().and(validity()).and(several());
        if (path != AccessPath.PREFIX && path != AccessPath.TOKEN) {
            all = all.and(search.prefix().map(prefix -> Condition.of("token_id >= ? AND token_id < ?", prefix,
                    RangeStatement.above(prefix))).orElse(Condition.NONE));
        }
        if (path != AccessPath.DID) {
            all = all.and(search.did().map(did -> Condition.of("did = ?", did)).orElse(Condition.NONE));
        }
        if (path != AccessPath.NODE && !search.nodes().isEmpty()) {
            all = all.and(nodes());
        }
        return path == AccessPath.KIND_STATUS ? all.and(value()) : all.and(what()).and(value());
    }

    private Condition presence() {
        boolean byIndex = path == AccessPath.KIND_STATUS || path == AccessPath.WITHOUT_CONTENT;
        return switch (search.presence()) {
            case LISTED -> byIndex ? Condition.NONE : Condition.of("t.deleted_version = 0");
            case GONE -> Condition.of("t.deleted_version > 0");
            case ALL -> Condition.NONE;
        };
    }

    private Condition validity() {
        boolean without = path == AccessPath.WITHOUT_CONTENT;
        return switch (search.validity()) {
            case ANY -> Condition.NONE;
            case VALID -> Condition.of("t.validation_errors IS NULL");
            case ERRORS -> path == AccessPath.INVALID
                    ? Condition.NONE
                    : Condition.of("t.validation_errors IS NOT NULL");
            case CONTENT -> Condition.of("t.ipfs_fetched = 1");
            case WITHOUT_CONTENT -> without ? Condition.NONE : Condition.of("t.ipfs_fetched = 0");
            case MISMATCH -> (without ? Condition.NONE : Condition.of("t.ipfs_fetched = 0")).and(Condition.of(
                    "(t.ipfs_error LIKE N'mismatch%' OR t.ipfs_error LIKE N'pending: mismatch%')"));
        };
    }

    private Condition several() {
        return search.several()
                ? Condition.of("t.status_name = N'free' AND t.deleted_version = 0 AND EXISTS (SELECT 1 FROM "
                        + AccessPath.TOKEN.table(dialect, "o")
                        + " WHERE o.token_id = t.token_id AND o.id <> t.id AND o.status_name = N'free'"
                        + " AND o.deleted_version = 0)")
                : Condition.NONE;
    }

    private Condition nodes() {
        List<Condition> each = search.nodes().stream()
                .map(node -> Condition.of("source_ip = ? AND node_name = ?", node.sourceIp(), node.nodeName()))
                .toList();
        return new Condition("(" + String.join(" OR ", each.stream().map(Condition::sql).toList()) + ")",
                each.stream().flatMap(one -> one.values().stream()).toList());
    }

    private Condition what() {
        Condition kind = search.what().kind().map(code -> Condition.of("token_kind = ?", code))
                .orElse(Condition.NONE);
        Optional<String> status = search.what().status();
        return kind.and(status.map(name -> name.equals("unknown")
                ? Condition.of("status_name IS NULL")
                : Condition.of("status_name = ?", name)).orElse(Condition.NONE));
    }

    private Condition value() {
        return bound(">=", search.value().least()).and(bound("<=", search.value().most()));
    }

    /** Values are the nodes' texts; what is no number is in no range. */
    private Condition bound(String comparison, Optional<BigDecimal> value) {
        return value.map(number -> dialect == Dialect.SQLITE
                ? Condition.of("CASE WHEN t.token_value GLOB '[0-9]*' AND t.token_value NOT GLOB '*[^0-9.]*'"
                        + " THEN CAST(t.token_value AS REAL) END " + comparison + " ?", number.doubleValue())
                : Condition.of("TRY_CAST(t.token_value AS DECIMAL(30, 10)) " + comparison + " ?", number))
                .orElse(Condition.NONE);
    }
}
