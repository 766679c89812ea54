package io.tokensync.writer.account;

import java.util.Optional;
import java.util.UUID;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.session.Account;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unattributed;

/** Whether the tables can hold an account; asked before the database is, so that what it refuses is never one row's fault. */
final class AccountFit {
    private AccountFit() {}

    /** Why not, in one sentence; empty when they can. */
    static Optional<String> check(Account account) {
        return switch (account) {
            case SyncSession session -> sessionId(session.sessionId())
                    .or(() -> text("source_ip", session.sourceIp(), ColumnLimits.SOURCE_IP));
            case ProcessedDatabase database -> text("session_id", database.sessionId(), ColumnLimits.SESSION_ID)
                    .or(() -> text("source_ip", database.sourceIp(), ColumnLimits.SOURCE_IP))
                    .or(() -> text("node_name", database.nodeName(), ColumnLimits.NODE_NAME))
                    .or(() -> text("db_path", database.dbPath(), ColumnLimits.DB_PATH));
            case AgentSeen agent -> text("source_ip", agent.sourceIp(), ColumnLimits.SOURCE_IP);
            case LatestDatabase _,Unattributed _ -> Optional.empty();
        };
    }

    private static Optional<String> sessionId(String id) {
        try {
            return UUID.fromString(id).toString().equalsIgnoreCase(id)
                    ? Optional.empty()
                    : Optional.of("session_id is not a UUID in full");
        } catch (IllegalArgumentException _) {
            return Optional.of("session_id is not a UUID");
        }
    }

    private static Optional<String> text(String column, String value, int limit) {
        return value.length() <= limit
                ? Optional.empty()
                : Optional.of(column + " has " + value.length() + " characters, its column holds " + limit);
    }
}
