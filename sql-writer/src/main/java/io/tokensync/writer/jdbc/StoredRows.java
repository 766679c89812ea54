package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenState;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.writer.batch.SqlFailure;

/**
 * Reads rows of {@code TokenRecords} as the records that they come from, without content, page by page in the order of
 * their ids. Rows that are gone from their node, and rows that no record has written, are left out.
 */
public final class StoredRows {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Database database;
    private final String sql;
    private final Optional<String> node;

    /** Which rows. */
    public enum Which {
        /** Those whose content is missing, and nobody asks for it again. */
        FAILED("ipfs_fetched = 0 AND ipfs_error IS NOT NULL AND ipfs_error NOT LIKE 'pending:%'"),
        /** Those whose content is missing and waits to be asked for again. */
        PENDING("ipfs_fetched = 0 AND ipfs_error LIKE 'pending:%'"),
        /** All. */
        ALL("1 = 1");

        private final String condition;

        Which(String condition) {
            this.condition = condition;
        }
    }

    /**
     * Some rows.
     *
     * @param records what they come from
     * @param unlike how many were left out, because what is read from them is not what was written
     * @param last where the next page begins
     */
    public record Page(List<TokenRecord> records, int unlike, long last) {
        public boolean isEmpty() {
            return records.isEmpty() && unlike == 0;
        }
    }

    /** @param node only rows of nodes with this name */
    public StoredRows(Database database, Which which, Optional<String> node, int pageRows) {
        this.database = database;
        this.node = node;
        this.sql = "SELECT id, source_ip, node_name, token_id, did, token_status, status_name, token_value,"
                + " parent_token_id, token_kind, node_generation, created_at, updated_at, token_state_hash,"
                + " transaction_id, transaction_check, transaction_initiator, transaction_owner, transaction_time,"
                + " validation_errors, session_id, db_path, ipfs_path, db_last_modified, record_version, row_hash"
                + " FROM dbo.TokenRecords"
                + " WHERE id > ? AND record_version > 0 AND deleted_version = 0 AND " + which.condition
                + (node.isPresent() ? " AND node_name = ?" : "")
                + " ORDER BY id " + database.dialect().page("0", Integer.toString(pageRows));
    }

    /** The page behind this id; the first is behind 0. */
    public Page after(long id) throws SqlFailure {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            if (node.isPresent()) {
                statement.setString(2, node.get());
            }
            try (ResultSet rows = statement.executeQuery()) {
                Page page = page(rows, id);
                connection.rollback();
                return page;
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private static Page page(ResultSet rows, long id) throws SQLException {
        List<TokenRecord> records = new ArrayList<>();
        int unlike = 0;
        long last = id;
        while (rows.next()) {
            last = rows.getLong("id");
            // Of equal versions the law takes the greater row; another one than was written must not come to that.
            Optional<TokenRecord> record = record(rows);
            if (record.isPresent() && TokenState.of(record.get()).row().digest() == rows.getLong("row_hash")) {
                records.add(record.get());
            } else {
                unlike++;
            }
        }
        return new Page(records, unlike, last);
    }

    /** Empty when the row does not say where it comes from, which no record is without: others may write here too. */
    private static Optional<TokenRecord> record(ResultSet row) throws SQLException {
        if (row.getString("session_id") == null || row.getString("db_path") == null
                || instant(row, "db_last_modified") == null) {
            return Optional.empty();
        }
        TokenKey key = new TokenKey(row.getString("source_ip"), row.getString("node_name"), row.getString("token_id"));
        Provenance from = new Provenance(row.getString("session_id"), row.getString("db_path"),
                row.getString("ipfs_path"), instant(row, "db_last_modified"));
        TokenRow fields = new TokenRow(row.getString("did"), row.getString("token_status"),
                row.getString("status_name"), row.getString("token_value"), row.getString("parent_token_id"),
                TokenKind.of(row.getString("token_kind")).orElse(TokenKind.WHOLE),
                NodeGeneration.of(row.getString("node_generation")).orElse(NodeGeneration.SQLITE),
                instant(row, "created_at"), instant(row, "updated_at"), row.getString("token_state_hash"),
                row.getString("transaction_id"), transaction(row), texts(row.getString("validation_errors")));
        return Optional.of(new TokenRecord(key, row.getLong("record_version"), from, new Change.Upsert(fields),
                Content.absent(), null));
    }

    private static TokenTransaction transaction(ResultSet row) throws SQLException {
        Optional<TransactionCheck> check = TransactionCheck.of(row.getString("transaction_check"));
        return check.isEmpty()
                ? null
                : new TokenTransaction(check.get(), row.getString("transaction_initiator"),
                        row.getString("transaction_owner"), instant(row, "transaction_time"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime utc = SqlTimes.read(row, column);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private static List<String> texts(String json) {
        List<String> texts = new ArrayList<>();
        if (json != null) {
            JSON.readTree(json).forEach(entry -> texts.add(entry.asString()));
        }
        return texts;
    }
}
