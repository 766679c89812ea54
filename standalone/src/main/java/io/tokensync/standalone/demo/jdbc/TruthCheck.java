package io.tokensync.standalone.demo.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/**
 * Compares {@code TokenRecords} with what the simulator wrote down, row by row and field by field, one node at a time.
 * It knows nothing of how the rows came into the table.
 */
public final class TruthCheck {
    private static final int EXAMPLES = 10;
    private static final String ROWS_OF_NODE = """
            SELECT token_id, token_kind, did, token_status, status_name, node_generation, token_value, parent_token_id,
                   created_at, updated_at, token_state_hash, transaction_id, transaction_check,
                   transaction_initiator, transaction_owner, transaction_time, validation_errors, ipfs_data,
                   ipfs_fetched, ipfs_error, deleted_at
            FROM dbo.TokenRecords WHERE source_ip = ? AND node_name = ?""";

    private final Connection connection;
    private final Function<String, String> sourceIpOfMachine;
    private final Set<String> checkedNodes = new HashSet<>();
    private final List<String> examples = new ArrayList<>();
    private long expected;
    private long matching;
    private long missing;
    private long differing;
    private long unexpected;

    private TruthCheck(Connection connection, Function<String, String> sourceIpOfMachine) {
        this.connection = connection;
        this.sourceIpOfMachine = sourceIpOfMachine;
    }

    /** Checks a table that was filled by one agent per simulated machine, each with the address that the truth gives it. */
    public static TableVerdict check(Truth truth, Connection connection) throws IOException, SQLException {
        Map<String, String> addresses = truth.machines().stream()
                .collect(Collectors.toMap(Truth.Machine::name, Truth.Machine::sourceIp));
        return new TruthCheck(connection, addresses::get).run(truth);
    }

    /** Checks a table that was filled by one agent for the whole simulation. */
    public static TableVerdict check(Truth truth, Connection connection, String sourceIp)
            throws IOException, SQLException {
        return new TruthCheck(connection, _ -> sourceIp).run(truth);
    }

    private TableVerdict run(Truth truth) throws IOException, SQLException {
        try (Stream<TruthRow> rows = truth.rows()) {
            Map<String, TruthRow> ofNode = new HashMap<>();
            TruthRow last = null;
            for (Iterator<TruthRow> it = rows.iterator(); it.hasNext();) {
                TruthRow row = it.next();
                if (last != null && !row.nodeName().equals(last.nodeName())) {
                    checkNode(last.machine(), last.nodeName(), ofNode);
                }
                ofNode.put(row.tokenId(), row);
                last = row;
            }
            if (last != null) {
                checkNode(last.machine(), last.nodeName(), ofNode);
            }
        }
        for (Truth.Node node : truth.nodes()) {
            if (!checkedNodes.contains(node.nodeName())) {
                checkNode(node.machine(), node.nodeName(), new HashMap<>());
            }
        }
        return new TableVerdict(expected, matching, missing, differing, unexpected, List.copyOf(examples));
    }

    /** Compares one node and empties the map of its rows. */
    private void checkNode(String machine, String node, Map<String, TruthRow> rows) throws SQLException {
        checkedNodes.add(node);
        expected += rows.size();
        try (PreparedStatement select = connection.prepareStatement(ROWS_OF_NODE)) {
            select.setString(1, sourceIpOfMachine.apply(machine));
            select.setString(2, node);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    checkRow(node, found, rows.remove(found.getString("token_id")));
                }
            }
        }
        missing += rows.size();
        rows.keySet().forEach(id -> example("missing: " + node + " " + id));
        rows.clear();
    }

    private void checkRow(String node, ResultSet found, TruthRow truth) throws SQLException {
        if (truth == null) {
            if (found.getString("deleted_at") == null) {
                unexpected++;
                example("not in the truth: " + node + " " + found.getString("token_id"));
            }
            return;
        }
        List<String> differences = RowComparison.differences(truth, found);
        if (differences.isEmpty()) {
            matching++;
        } else {
            differing++;
            example("differs: " + node + " " + truth.tokenId() + " " + String.join(", ", differences));
        }
    }

    private void example(String sentence) {
        if (examples.size() < EXAMPLES) {
            examples.add(sentence);
        }
    }
}
