package io.tokensync.writer.verification.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.verification.RowDigest;
import io.tokensync.common.verification.RowFields;

/**
 * The columns of {@code node_rows} and {@code node_rows_and_gone} as they stand in the table, whoever has written them: what is no time or no list of texts
 * differs from every one that is.
 */
final class RowColumns {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TOKEN_ID = 1;
    private static final int FIRST_TEXT = 2;
    private static final int CREATED_AT = 9;
    private static final int UPDATED_AT = 10;
    private static final int TOKEN_STATE_HASH = 11;
    private static final int TRANSACTION_TIME = 16;
    private static final int VALIDATION_ERRORS = 17;
    private static final int RECORD_VERSION = 18;
    private static final int DELETED_VERSION = 19;
    private static final int DELETED_AT = 20;

    private final boolean timesAreTexts;

    RowColumns(Dialect dialect) {
        this.timesAreTexts = dialect == Dialect.SQLITE;
    }

    String tokenId(ResultSet row) throws SQLException {
        return row.getString(TOKEN_ID);
    }

    long version(ResultSet row) throws SQLException {
        return row.getLong(RECORD_VERSION);
    }

    long digest(ResultSet row) throws SQLException {
        RowDigest digest = RowDigest.of(tokenId(row));
        for (int column = FIRST_TEXT; column < CREATED_AT; column++) {
            digest.text(row.getString(column));
        }
        time(digest, row, CREATED_AT);
        time(digest, row, UPDATED_AT);
        for (int column = TOKEN_STATE_HASH; column < TRANSACTION_TIME; column++) {
            digest.text(row.getString(column));
        }
        time(digest, row, TRANSACTION_TIME);
        return digest.texts(texts(row.getString(VALIDATION_ERRORS)));
    }

    /** A row of {@code node_rows_and_gone}. */
    AuditedRow row(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>(RowFields.NAMES.size());
        for (int column = FIRST_TEXT; column <= VALIDATION_ERRORS; column++) {
            values.add(isTime(column) ? time(row, column) : row.getString(column));
        }
        return new AuditedRow(tokenId(row), new RowFields(values), row.getLong(DELETED_VERSION) > 0,
                time(row, DELETED_AT));
    }

    private static boolean isTime(int column) {
        return column == CREATED_AT || column == UPDATED_AT || column == TRANSACTION_TIME;
    }

    /** As RowFields shows it, or as it stands when it is none. */
    private String time(ResultSet row, int column) throws SQLException {
        if (!timesAreTexts) {
            LocalDateTime time = row.getObject(column, LocalDateTime.class);
            return time == null ? null : SqlTimes.text(time);
        }
        String text = row.getString(column);
        try {
            return text == null ? null : SqlTimes.text(LocalDateTime.parse(text.replace(' ', 'T')));
        } catch (DateTimeException _) {
            return text;
        }
    }

    private void time(RowDigest digest, ResultSet row, int column) throws SQLException {
        if (!timesAreTexts) {
            instant(digest, row.getObject(column, LocalDateTime.class));
            return;
        }
        String text = row.getString(column);
        LocalDateTime time;
        try {
            time = text == null ? null : LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeException _) {
            digest.text(text);
            return;
        }
        instant(digest, time);
    }

    private static void instant(RowDigest digest, LocalDateTime utc) {
        digest.instant(utc == null ? null : utc.toInstant(ZoneOffset.UTC));
    }

    private static List<String> texts(String json) {
        if (json == null) {
            return List.of();
        }
        try {
            JsonNode array = JSON.readTree(json);
            List<String> texts = new ArrayList<>(array.size());
            array.forEach(entry -> texts.add(entry.asString()));
            // As it is written here, or it is somebody else's: an empty list is NULL.
            return array.isArray() && !texts.isEmpty() && JSON.writeValueAsString(texts).equals(json)
                    ? texts
                    : List.of(json, "");
        } catch (JacksonException _) {
            return List.of(json, "");
        }
    }
}
