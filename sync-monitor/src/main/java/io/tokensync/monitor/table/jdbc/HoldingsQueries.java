package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.TokenTable.Holdings;

/** What an owner holds, or a node lists: rows counted by kind and status, with the sum of their values. */
final class HoldingsQueries {
    /** Of one owner or node; a sum over more would take seconds. */
    static final int COUNTED = 50_000;

    private final Reader reader;
    private final int most;

    /** @param most rows to count */
    HoldingsQueries(Reader reader, int most) {
        this.reader = reader;
        this.most = most;
    }

    Holdings of(String did) throws SQLException {
        return count(sql(AccessPath.DID, "did = ?"), List.of(did, most + 1));
    }

    Holdings of(NodeName node) throws SQLException {
        return count(sql(AccessPath.NODE, "source_ip = ? AND node_name = ?"),
                List.of(node.sourceIp(), node.nodeName(), most + 1));
    }

    String sql(AccessPath path, String condition) {
        return "SELECT t.token_kind, t.status_name, t.token_value FROM " + path.table(reader.dialect(), "t") + " WHERE "
                + condition + " AND t.deleted_version = 0 ORDER BY " + path.order() + " "
                + reader.dialect().page("0", "?");
    }

    private record Group(Object kind, Object status) {}

    /** A group with its sum. */
    private static final class Sum {
        private long tokens;
        private BigDecimal value = BigDecimal.ZERO;
    }

    private Holdings count(String sql, List<Object> values) throws SQLException {
        List<Map<String, Object>> rows = reader.rows(sql, values);
        Map<Group, Sum> sums = new LinkedHashMap<>();
        TokenQueries.first(rows, most).forEach(row -> {
            Sum sum = sums.computeIfAbsent(new Group(row.get("token_kind"), row.get("status_name")), _ -> new Sum());
            sum.tokens++;
            sum.value = sum.value.add(Amounts.of(row.get("token_value")));
        });
        List<Map<String, Object>> groups = new ArrayList<>();
        sums.forEach((group, sum) -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("token_kind", group.kind());
            shown.put("status_name", group.status());
            shown.put("tokens", sum.tokens);
            shown.put("value", sum.value.stripTrailingZeros().toPlainString());
            groups.add(shown);
        });
        groups.sort(Comparator.comparingLong((Map<String, Object> shown) -> (Long) shown.get("tokens")).reversed());
        return new Holdings(groups, Math.min(rows.size(), most), rows.size() <= most);
    }
}
