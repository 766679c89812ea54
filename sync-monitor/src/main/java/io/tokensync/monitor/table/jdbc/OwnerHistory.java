package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was listed under a DID, at each change. From all versions of the tokens that it ever had: whoever gives a token away does not say
 * so under his name.
 */
final class OwnerHistory {
    static final int MOST_VERSIONS = 20_000;
    /** The node keeps a row of a token that it has not any more. */
    private static final Set<String> GIVEN_AWAY = Set.of("transferred", "burnt", "burnt for ft");
    private static final String VERSIONS = "SELECT h.source_ip, h.node_name, h.token_id, h.did, h.status_name, h.token_value, "
            + "h.deleted_at, h.observed_at FROM (SELECT DISTINCT o.source_ip, o.node_name, o.token_id FROM ";
    private static final String OF_OWNER = " WHERE o.did = ?) AS k INNER JOIN dbo.TokenHistory AS h ON h.source_ip = k.source_ip "
            + "AND h.node_name = k.node_name AND h.token_id = k.token_id ORDER BY h.observed_at, h.record_version ";

    /**
     * Changes.
     *
     * @param steps tokens and value behind each, the earliest first
     * @param whole whether these are all
     */
    record Changes(List<Map<String, Object>> steps, boolean whole) {}

    private record Identity(Object sourceIp, Object nodeName, Object tokenId) {}

    private final Reader reader;

    OwnerHistory(Reader reader) {
        this.reader = reader;
    }

    Changes of(String did) throws SQLException {
        List<Map<String, Object>> versions = reader.rows(
                VERSIONS + AccessPath.history(reader.dialect(), "o", "did") + OF_OWNER
                        + reader.dialect().page("0", "?"),
                List.of(did, MOST_VERSIONS + 1));
        Map<Identity, BigDecimal> held = new HashMap<>();
        List<Map<String, Object>> steps = new ArrayList<>();
        BigDecimal value = BigDecimal.ZERO;
        for (Map<String, Object> version : TokenQueries.first(versions, MOST_VERSIONS)) {
            Identity identity = new Identity(version.get("source_ip"), version.get("node_name"),
                    version.get("token_id"));
            boolean holds = did.equals(version.get("did")) && version.get("deleted_at") == null
                    && !GIVEN_AWAY.contains(String.valueOf(version.get("status_name")));
            BigDecimal now = holds ? Amounts.of(version.get("token_value")) : null;
            BigDecimal before = now == null ? held.remove(identity) : held.put(identity, now);
            value = value.add(now == null ? BigDecimal.ZERO : now).subtract(before == null ? BigDecimal.ZERO : before);
            addStep(steps, version.get("observed_at"), held.size(), value);
        }
        return new Changes(steps, versions.size() <= MOST_VERSIONS);
    }

    /** One for each time: a batch has many versions. */
    private static void addStep(List<Map<String, Object>> steps, Object at, int tokens, BigDecimal value) {
        if (!steps.isEmpty() && String.valueOf(steps.getLast().get("at")).equals(String.valueOf(at))) {
            steps.removeLast();
        }
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("at", at);
        step.put("tokens", tokens);
        step.put("value", value.stripTrailingZeros().toPlainString());
        steps.add(step);
    }
}
