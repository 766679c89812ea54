package io.tokensync.scanner.state.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import io.tokensync.common.serde.RecordJson;
import io.tokensync.scanner.state.Verification;

/** The last verification of one database in the state. What cannot be read is none: the node is verified again. */
final class StoredVerification {
    private static final Logger log = LoggerFactory.getLogger(StoredVerification.class);

    private final StateDatabase sql;
    private final long database;

    StoredVerification(StateDatabase sql, long database) {
        this.sql = sql;
        this.database = database;
    }

    Optional<Verification> read() {
        return sql.query(row -> row.getString(1), "SELECT data FROM verification WHERE database = ?", database).stream()
                .findFirst().flatMap(StoredVerification::parse);
    }

    void write(Verification verification) {
        sql.update("INSERT OR REPLACE INTO verification (database, data) VALUES (?, ?)", database,
                RecordJson.text(verification));
    }

    void forget() {
        sql.update("DELETE FROM verification WHERE database = ?", database);
    }

    private static Optional<Verification> parse(String json) {
        try {
            return Optional.of(RecordJson.read(json.getBytes(StandardCharsets.UTF_8), Verification.class));
        } catch (JacksonException e) {
            log.atWarn().setMessage("what the state has of a verification cannot be read; the node is verified again")
                    .addKeyValue("cause", e.toString()).log();
            return Optional.empty();
        }
    }
}
