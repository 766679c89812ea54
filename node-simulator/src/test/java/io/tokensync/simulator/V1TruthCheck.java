package io.tokensync.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tokensync.simulator.postgres.V1Config;
import io.tokensync.simulator.postgres.V1Schema;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;
import io.tokensync.testkit.postgres.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the PostgreSQL databases of a simulation by the rules that the truth stands for, written down a second time. */
final class V1TruthCheck {
    private static final String CID = "Qm[1-9A-HJ-NP-Za-km-z]{44}";
    private static final String ID = CID + "|[0-9]+(_[0-9]+){1,2}|[A-Z]{3}_[0-9]+_bafybmi[a-z2-7]{52}";
    private static final Map<String, String> RELEASED = Map.ofEntries(Map.entry("0", "free"), Map.entry("1", "locked"),
            Map.entry("2", "generated"), Map.entry("3", "fetched"), Map.entry("4", "transferred"),
            Map.entry("5", "committed"), Map.entry("6", "pledged"), Map.entry("7", "quorum pledged"),
            Map.entry("8", "burnt"), Map.entry("9", "burnt for ft"), Map.entry("10", "deployed"),
            Map.entry("11", "executed"), Map.entry("12", "pinned as service"), Map.entry("13", "orphaned"),
            Map.entry("14", "chain sync issue"), Map.entry("15", "double spent"), Map.entry("99", "seed"));

    private final PostgresServer server;
    private final Path out;
    private final Map<String, TruthRow> expected = new HashMap<>();

    private V1TruthCheck(PostgresServer server, Path out) {
        this.server = server;
        this.out = out;
    }

    /** Every row of every database of v1 is one of the truth, field for field, or rejected, and nothing is left over. */
    static void databasesHoldTheTruth(PostgresServer server, Path out) throws Exception {
        Truth truth = Truth.read(out);
        V1TruthCheck check = new V1TruthCheck(server, out);
        List<Truth.Node> nodes = truth.nodes().stream().filter(V1Schema::isSchemaOf).toList();
        Set<String> names = nodes.stream().map(Truth.Node::nodeName).collect(Collectors.toSet());
        try (Stream<TruthRow> rows = truth.rows()) {
            rows.filter(row -> names.contains(row.nodeName()))
                    .forEach(row -> assertThat(check.expected.put(row.nodeName() + row.tokenId(), row)).isNull());
        }
        for (Truth.Node node : nodes) {
            long rejected = truth.rejected().stream().map(Truth.Rejection::nodeName).filter(node.nodeName()::equals)
                    .count();
            assertThat(check.check(node)).as("rejected rows of %s", node).isEqualTo(rejected);
        }
        assertThat(check.expected).as("rows of the truth that no database has").isEmpty();
    }

    static List<Map<String, String>> query(PostgresServer server, Path config, String sql)
            throws SQLException, IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Connection connection = server.connect(V1Config.read(config).database());
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = 'Asia/Kolkata'");
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.put(result.getMetaData().getColumnName(i), result.getString(i));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private int check(Truth.Node node) throws SQLException, IOException {
        int rejected = 0;
        Path config = out.resolve(node.dbPath());
        boolean times = !node.schema().equals("V1_SPARSE");
        Map<String, String> statuses = node.schema().equals("V1_NAMED_STATUS") || node.schema().equals("V1_MEMO")
                ? query(server, config, "SELECT id, name FROM token_status").stream()
                        .collect(Collectors.toMap(row -> row.get("id"), row -> row.get("name").replace('_', ' ')))
                : RELEASED;
        TransactionRules rules = new TransactionRules(config.resolveSibling(V1Config.read(config).network().directory())
                .resolve("dids"), query(server, config, "SELECT id, info, signature FROM transactions"));
        for (Map<String, String> row : query(server, config, "SELECT t.*, k.name AS kind" + (times
                ? ", (created_at AT TIME ZONE 'UTC')::text AS created, (updated_at AT TIME ZONE 'UTC')::text AS updated"
                : "") + " FROM tokens t JOIN token_type k ON k.id = t.token_type")) {
            TruthRow truth = expected.remove(node.nodeName() + row.get("token_id"));
            if (truth == null) {
                rejected++;
            } else {
                check(node, row, truth, statuses, rules);
            }
        }
        return rejected;
    }

    private static void check(Truth.Node node, Map<String, String> row, TruthRow truth,
            Map<String, String> statuses, TransactionRules rules) throws IOException {
        String id = row.get("token_id");
        String transaction = row.getOrDefault("transaction_id", "").isEmpty() ? null : row.get("transaction_id");
        String did = row.get("did").isEmpty() ? null : row.get("did");
        boolean finite = !Set.of("NaN", "Infinity").contains(row.get("token_value"));
        BigDecimal value = finite ? new BigDecimal(row.get("token_value"), new MathContext(15)) : null;
        List<String> wrong = new ArrayList<>();
        mark(wrong, !id.matches(ID), "token_id_malformed");
        mark(wrong, did == null || !did.matches("bafybmi[a-z2-7]{52}"), "did_malformed");
        mark(wrong, !statuses.containsKey(row.get("token_status")), "token_status_unknown");
        mark(wrong, !finite, "token_value_malformed");
        mark(wrong, !isTime(row.get("created")), "created_at_malformed");
        mark(wrong, !isTime(row.get("updated")), "updated_at_malformed");
        String kind = switch (row.get("kind")) {
            case "rbt" -> row.get("parent_token_id") != null || (finite && value.compareTo(BigDecimal.ONE) < 0)
                    ? "part"
                    : "whole";
            case "smart_contract" -> "contract";
            default -> row.get("kind");
        };
        assertThat(truth.content().data() == null).as("content of %s", id)
                .isEqualTo(!id.matches(CID + "|[0-9]+_[0-9]+"));
        String plain = finite ? value.stripTrailingZeros().toPlainString() : row.get("token_value");
        assertThat(truth).isEqualTo(new TruthRow(node.machine(), node.nodeName(), "tokens", id, kind, "v1", did,
                row.get("token_status"), statuses.get(row.get("token_status")),
                finite && !plain.contains(".") ? plain + ".0" : plain,
                row.get("parent_token_id"), time(row.get("created")), time(row.get("updated")),
                row.get("token_state_hash"), transaction, rules.check(transaction), wrong, truth.content()));
    }

    private static void mark(List<String> codes, boolean wrong, String code) {
        if (wrong) {
            codes.add(code);
        }
    }

    private static boolean isTime(String text) {
        return text == null || text.matches("[0-9]{4}-.*");
    }

    private static Instant time(String text) {
        boolean none = text == null || !isTime(text) || text.startsWith("0001-01-01 00:00:00");
        return none ? null : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
