package io.tokensync.simulator;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.tokensync.simulator.sqlite.NodeDump;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the databases of a simulation by the rules that the truth stands for, written down here a second time. */
final class TruthCheck {
    private static final List<String> TABLES = List.of("TokensTable", "FTTokenTable", "NFTTokensTable", "smartcontract",
            "DataTokensTable");
    private static final Map<String, String> STATUSES = Map.ofEntries(Map.entry("0", "free"), Map.entry("1", "locked"),
            Map.entry("2", "pledged"), Map.entry("3", "unpledged"), Map.entry("4", "transferred"),
            Map.entry("5", "committed"), Map.entry("6", "generated"), Map.entry("7", "deployed"),
            Map.entry("8", "fetched"), Map.entry("9", "burnt"), Map.entry("10", "executed"),
            Map.entry("11", "orphaned"), Map.entry("12", "chain sync issue"), Map.entry("13", "pledge issue"),
            Map.entry("14", "double spent"), Map.entry("15", "pinned as service"), Map.entry("16", "burnt for ft"),
            Map.entry("17", "pending"), Map.entry("20", "quorum pledged"));
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true).appendOffset("+HH:MM", "+00:00").toFormatter();
    private static final String CID = "Qm[1-9A-HJ-NP-Za-km-z]{44}";

    private final Path out;
    private final Truth truth;
    private final Map<String, TruthRow> expected = new HashMap<>();
    private final Set<String> rejected = new HashSet<>();

    private TruthCheck(Path out, Truth truth) {
        this.out = out;
        this.truth = truth;
    }

    /** Every row of every database is a row of the truth or a rejection of it, field for field, and nothing is left over. */
    static void databasesHoldTheTruth(Path out) throws Exception {
        TruthCheck check = new TruthCheck(out, Truth.read(out));
        try (Stream<TruthRow> rows = check.truth.rows()) {
            rows.forEach(row -> assertThat(check.expected.put(key(row.nodeName(), row.table(), row.tokenId()), row))
                    .as("second row %s", row).isNull());
        }
        assertThat(check.expected).hasSize((int) check.truth.rowCount());
        for (Truth.Rejection rejection : check.truth.rejected()) {
            check.rejected.add(key(rejection.nodeName(), rejection.table(), Long.toString(rejection.rowid())));
        }
        for (Truth.Node node : check.truth.nodes()) {
            check.check(node);
        }
        assertThat(check.expected).as("rows of the truth that no database has").isEmpty();
        assertThat(check.rejected).as("rejections of rows that no database has").isEmpty();
    }

    private void check(Truth.Node node) throws SQLException {
        NodeDump dump = NodeDump.of(out.resolve(node.dbPath()));
        for (String table : TABLES) {
            for (NodeDump.Row row : dump.rows(table)) {
                if (!rejected.remove(key(node.nodeName(), table, row.get("rowid").toString()))) {
                    check(node, row);
                }
            }
        }
    }

    private void check(Truth.Node node, NodeDump.Row row) {
        boolean contract = row.table().equals("smartcontract");
        String id = (String) row.get(contract ? "smart_contract_hash" : "token_id");
        TruthRow truthRow = expected.remove(key(node.nodeName(), row.table(), id));
        assertThat(truthRow).as("truth of %s %s", node, row).isNotNull();
        String did = text(row.get(contract ? "deployer" : row.table().equals("FTTokenTable") ? "owner_did" : "did"));
        Object status = row.get(contract ? "contract_status" : "token_status");
        Object value = row.get("token_value");
        String parent = text(row.get("parent_token_id"));
        Instant created = time(row.get("created_at"));
        Instant updated = time(row.get("updated_at"));
        List<String> codes = codes(id, did, parent, status, value, row);
        TruthRow.Content content = truthRow.content();
        assertThat(content.failure() == null || !id.matches(CID) == content.failure().equals("not_a_cid")).isTrue();
        assertThat(truthRow).isEqualTo(new TruthRow(node.machine(), node.nodeName(), row.table(), id,
                kind(row.table(), parent, value), "sqlite", did, status.toString(), STATUSES.get(status.toString()),
                value instanceof Double d ? BigDecimal.valueOf(d).toPlainString() : (String) value, parent, created,
                updated, text(row.get("token_state_hash")), text(row.get("transaction_id")), null, codes,
                content));
    }

    private static List<String> codes(String id, String did, String parent, Object status, Object value,
            NodeDump.Row row) {
        List<String> codes = new ArrayList<>();
        mark(codes, !id.matches(CID), "token_id_malformed");
        mark(codes, did == null || !did.matches("bafybmi[a-z2-7]{52}"), "did_malformed");
        mark(codes, parent != null && !parent.matches(CID + "(," + CID + ")*"), "parent_token_id_malformed");
        mark(codes, !STATUSES.containsKey(status.toString()), "token_status_unknown");
        mark(codes, value != null && !(value instanceof Double d && d >= 0), "token_value_malformed");
        mark(codes, malformed(row.get("created_at")), "created_at_malformed");
        mark(codes, malformed(row.get("updated_at")), "updated_at_malformed");
        return codes;
    }

    private static void mark(List<String> codes, boolean wrong, String code) {
        if (wrong) {
            codes.add(code);
        }
    }

    private static String kind(String table, String parent, Object value) {
        return switch (table) {
            case "TokensTable" -> parent != null || (value instanceof Double d && d >= 0 && d < 1) ? "part" : "whole";
            case "FTTokenTable" -> "ft";
            case "NFTTokensTable" -> "nft";
            case "smartcontract" -> "contract";
            default -> "data";
        };
    }

    private static String text(Object value) {
        return value == null || value.equals("") ? null : (String) value;
    }

    private static Instant time(Object text) {
        if (text == null || malformed(text) || text.equals("0001-01-01 00:00:00+00:00")) {
            return null;
        }
        Instant instant = OffsetDateTime.parse((String) text, TIME).toInstant();
        int nanos = instant.get(ChronoField.NANO_OF_SECOND);
        return instant.with(ChronoField.NANO_OF_SECOND, nanos - nanos % 100);
    }

    private static boolean malformed(Object text) {
        if (text == null) {
            return false;
        }
        try {
            OffsetDateTime.parse((String) text, TIME);
            return false;
        } catch (DateTimeParseException _) {
            return true;
        }
    }

    private static String key(String... parts) {
        return String.join("|", parts);
    }
}
