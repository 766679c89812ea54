package io.tokensync.bench.writer.jdbc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenState;

/** A row of the table as plain values, in the order of {@link #COLUMNS}: what a hand-written loader begins with. */
final class BenchRow {
    /** Those that a row of the benchmark has a value for, times as text. */
    static final List<String> COLUMNS = List.of("source_ip", "node_name", "token_id", "did", "created_at", "updated_at",
            "token_status", "token_value", "token_kind", "status_name", "node_generation", "token_state_hash",
            "transaction_id", "session_id", "db_path", "ipfs_path", "db_last_modified", "ipfs_data",
            "ipfs_source", "ipfs_fetched", "record_version", "row_hash", "content_version", "content_hash");
    /** The first of the columns that are numbers; the one before it is a flag. */
    static final int FIRST_NUMBER = COLUMNS.indexOf("record_version");
    static final int FLAG = COLUMNS.indexOf("ipfs_fetched");

    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private BenchRow() {}

    static Object[] of(TokenRecord record) {
        if (!(record.change() instanceof Change.Upsert(TokenRow row))
                || !(record.content() instanceof Content.Fetched content)) {
            throw new IllegalArgumentException("rows of the benchmark are upserts with content");
        }
        TokenState state = TokenState.of(record);
        return new Object[]{record.key().sourceIp(), record.key().nodeName(), record.key().tokenId(), row.did(),
                time(row.createdAt()), time(row.updatedAt()), row.tokenStatus(), row.tokenValue(),
                row.tokenKind().code(), row.statusName(), row.generation().code(), row.tokenStateHash(),
                row.transactionId(), record.provenance().sessionId(), record.provenance().dbPath(),
                record.provenance().ipfsPath(), time(record.provenance().dbLastModified()),
                content.data(), content.source(), true, record.recordVersion(), state.row().digest(), content.version(),
                content.digest()};
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
