package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenState;

/**
 * {@code TokenHistory} as it is, and as it must be: a set of versions, each with all its columns but those that tell of the record that
 * was first. Written for tests without a look at how the writer goes about it.
 */
public final class HistoryTable {
    private static final String COLUMNS = "source_ip, node_name, token_id, record_version, did, token_status, status_name,"
            + " token_value, parent_token_id, token_kind, node_generation, token_state_hash, transaction_id, session_id";
    private static final String TIMES = "created_at, updated_at, deleted_at, db_last_modified";

    private final DataSource database;

    public HistoryTable(DataSource database) {
        this.database = database;
    }

    /** How often each version must be there after these records: once. */
    public static Map<String, Integer> expected(Collection<TokenRecord> records) {
        Map<String, Integer> versions = new TreeMap<>();
        records.forEach(record -> versions.put(text(record), 1));
        return versions;
    }

    /** How often each version is there. */
    public Map<String, Integer> versions() throws SQLException {
        Map<String, Integer> versions = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM dbo.TokenHistory")) {
            while (rows.next()) {
                versions.merge(text(rows), 1, Integer::sum);
            }
        }
        return versions;
    }

    private static String text(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (String column : COLUMNS.split(", ", -1)) {
            text.append(row.getString(column)).append('|');
        }
        for (String column : TIMES.split(", ", -1)) {
            text.append(SqlTimes.read(row, column)).append('|');
        }
        boolean isGone = row.getString("deleted_at") != null;
        return text.append(isGone ? "-" : row.getLong("row_hash")).toString();
    }

    /** Of a deletion its own hash is not looked at: what it is a hash of is compared. */
    private static String text(TokenRecord record) {
        TokenKey key = record.key();
        StringBuilder text = new StringBuilder().append(key.sourceIp()).append('|').append(key.nodeName()).append('|')
                .append(key.tokenId()).append('|').append(record.recordVersion()).append('|');
        switch (record.change()) {
            case Change.Upsert(TokenRow row) -> {
                add(text, row.did(), row.tokenStatus(), row.statusName(), row.tokenValue(), row.parentTokenId(),
                        row.tokenKind().code(), row.generation().code(), row.tokenStateHash(), row.transactionId(),
                        record.provenance().sessionId());
                add(text, utc(row.createdAt()), utc(row.updatedAt()), null, utc(record.provenance().dbLastModified()),
                        TokenState.of(record).row().digest());
            }
            case Change.Delete(Instant at) -> {
                add(text, null, null, null, null, null, null, null, null, null, record.provenance().sessionId());
                add(text, null, null, utc(at), utc(record.provenance().dbLastModified()), "-");
            }
        }
        return text.substring(0, text.length() - 1);
    }

    private static void add(StringBuilder text, Object... values) {
        for (Object value : values) {
            text.append(value).append('|');
        }
    }

    private static LocalDateTime utc(Instant instant) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
