package io.tokensync.standalone.demo.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.simulator.truth.TruthRow;

/** Compares one row of {@code TokenRecords} with its truth. */
final class RowComparison {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN = 60;
    private static final TruthRow.Transaction NO_TRANSACTION = new TruthRow.Transaction(null, null, null, null);

    private final List<String> differences = new ArrayList<>();

    private RowComparison() {}

    /** The fields that differ, each with both values; empty when the row is right. */
    static List<String> differences(TruthRow truth, ResultSet row) throws SQLException {
        RowComparison comparison = new RowComparison();
        comparison.fields(truth, row);
        comparison.transaction(truth.transaction() == null ? NO_TRANSACTION : truth.transaction(), row);
        comparison.content(truth.content(), row);
        return comparison.differences;
    }

    private void fields(TruthRow truth, ResultSet row) throws SQLException {
        compare("token_kind", truth.tokenKind(), row.getString("token_kind"));
        compare("did", truth.did(), row.getString("did"));
        compare("token_status", truth.tokenStatus(), row.getString("token_status"));
        compare("status_name", truth.statusName(), row.getString("status_name"));
        compare("node_generation", truth.nodeGeneration(), row.getString("node_generation"));
        compare("token_value", truth.tokenValue(), row.getString("token_value"));
        compare("parent_token_id", truth.parentTokenId(), row.getString("parent_token_id"));
        compare("created_at", truth.createdAt(), instant(row, "created_at"));
        compare("updated_at", truth.updatedAt(), instant(row, "updated_at"));
        compare("token_state_hash", truth.tokenStateHash(), row.getString("token_state_hash"));
        compare("transaction_id", truth.transactionId(), row.getString("transaction_id"));
        compare("validation_errors", truth.validationCodes(), codes(row.getString("validation_errors")));
        compare("deleted_at", null, instant(row, "deleted_at"));
    }

    private void transaction(TruthRow.Transaction truth, ResultSet row) throws SQLException {
        compare("transaction_check", truth.check(), row.getString("transaction_check"));
        compare("transaction_initiator", truth.initiator(), row.getString("transaction_initiator"));
        compare("transaction_owner", truth.owner(), row.getString("transaction_owner"));
        compare("transaction_time", truth.time(), instant(row, "transaction_time"));
    }

    private void content(TruthRow.Content truth, ResultSet row) throws SQLException {
        compare("ipfs_fetched", truth.failure() == null, row.getBoolean("ipfs_fetched"));
        compare("ipfs_data", truth.data(), row.getString("ipfs_data"));
        if (truth.failure() != null) {
            compare("ipfs_error", truth.failure(), code(row.getString("ipfs_error")));
        }
    }

    private void compare(String field, Object truth, Object found) {
        if (!Objects.equals(truth, found)) {
            differences.add(field + " is " + shown(found) + ", not " + shown(truth));
        }
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime utc = SqlTimes.read(row, column);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private static List<String> codes(String json) {
        if (json == null) {
            return List.of();
        }
        List<String> codes = new ArrayList<>();
        JSON.readTree(json).forEach(entry -> codes.add(code(entry.asString())));
        return codes;
    }

    /** The code in front of a reason: {@code not_found: no repository has the block}, whether it is asked for again or not. */
    private static String code(String reason) {
        return reason == null ? null : reason.replaceFirst("^" + ContentFailure.PENDING, "").split(":", 2)[0];
    }
}
