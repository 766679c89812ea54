package io.tokensync.monitor.table.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tokensync.monitor.table.TokenTable.TokenView;

/** What is asked about one token. */
final class TokenQueries {
    /** As many nodes as could list a token, and more parts than are read by anybody. */
    static final int MOST_ROWS = 500;
    static final int MOST_HISTORY = 1_000;
    private static final int MOST_PARENTS = 20;
    private static final String MORE = ", SUBSTRING(t.ipfs_data, 1, 65537) AS ipfs_data, t.ipfs_info, t.ipfs_source, "
            + "t.token_status, t.created_at, t.token_state_hash, t.transaction_id, t.transaction_check, "
            + "t.transaction_initiator, t.transaction_owner, t.transaction_time, t.session_id, t.db_path, "
            + "t.db_last_modified, t.token_level, t.token_number";
    private static final String HISTORY = "SELECT h.source_ip, h.node_name, h.token_id, h.record_version, h.did, "
            + "h.token_status, h.status_name, h.token_value, h.parent_token_id, h.token_kind, h.node_generation, "
            + "h.created_at, h.updated_at, h.transaction_id, h.deleted_at, h.session_id, h.db_last_modified, h.observed_at "
            + "FROM ";
    private static final String OF_TOKEN = " WHERE h.token_id = ? ORDER BY h.observed_at, h.record_version ";

    private final Reader reader;
    private final boolean hasHistory;

    TokenQueries(Reader reader, boolean hasHistory) {
        this.reader = reader;
        this.hasHistory = hasHistory;
    }

    Optional<TokenView> view(String token) throws SQLException {
        List<Map<String, Object>> rows = reader.rows(rowsSql(), List.of(token, MOST_ROWS));
        List<Map<String, Object>> history = hasHistory ? history(token) : List.of();
        List<Map<String, Object>> parts = reader.rows(partsSql(), List.of(token, MOST_ROWS + 1));
        if (rows.isEmpty() && history.isEmpty() && parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenView(rows, parents(rows), first(parts, MOST_ROWS), parts.size() > MOST_ROWS,
                hasHistory ? Optional.of(first(history, MOST_HISTORY)) : Optional.empty(),
                history.size() > MOST_HISTORY));
    }

    private List<Map<String, Object>> history(String token) throws SQLException {
        return reader.rows(HISTORY + AccessPath.history(reader.dialect(), "h", "token_id") + OF_TOKEN
                + reader.dialect().page("0", "?"), List.of(token, MOST_HISTORY + 1));
    }

    private String rowsSql() {
        return "SELECT " + RangeStatement.COLUMNS + MORE + " FROM " + AccessPath.TOKEN.table(reader.dialect(), "t")
                + " WHERE t.token_id = ? ORDER BY t.id " + reader.dialect().page("0", "?");
    }

    private String partsSql() {
        return "SELECT " + RangeStatement.COLUMNS + " FROM " + AccessPath.PARENT.table(reader.dialect(), "t")
                + " WHERE t.parent_token_id = ? AND " + AccessPath.PARENT.literal() + " ORDER BY t.id "
                + reader.dialect().page("0", "?");
    }

    /** The chain upwards; each token once, whatever the nodes say, and not without end. */
    private List<Map<String, Object>> parents(List<Map<String, Object>> rows) throws SQLException {
        List<Map<String, Object>> parents = new ArrayList<>();
        Set<Object> seen = new LinkedHashSet<>(rows.stream().map(row -> row.get("token_id")).toList());
        Optional<Object> next = parentOf(rows);
        while (next.isPresent() && seen.add(next.get()) && parents.size() < MOST_PARENTS) {
            List<Map<String, Object>> found = reader.rows(rowsSql(), List.of(next.get(), MOST_ROWS));
            if (found.isEmpty()) {
                parents.add(Map.of("token_id", next.get(), "known", false));
            } else {
                parents.add(found.getFirst());
            }
            next = parentOf(found);
        }
        return parents;
    }

    private static Optional<Object> parentOf(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get("parent_token_id"))
                .filter(parent -> parent != null && !parent.equals("")).findFirst();
    }

    static <T> List<T> first(List<T> all, int most) {
        return all.size() <= most ? all : List.copyOf(all.subList(0, most));
    }
}
