package io.tokensync.common.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Where a record comes from.
 *
 * @param sessionId the scan that published it (UUID)
 * @param dbPath absolute path of the node's database on its machine
 * @param ipfsPath absolute path of the node's IPFS repository; null when none was found
 * @param dbLastModified newest modification of the database or its write-ahead log when it was read; cut to 100 ns
 */
public record Provenance(String sessionId, String dbPath, String ipfsPath, Instant dbLastModified) {
    public Provenance {
        Objects.requireNonNull(sessionId, "session_id");
        Objects.requireNonNull(dbPath, "db_path");
        dbLastModified = Times.cut(Objects.requireNonNull(dbLastModified, "db_last_modified"));
    }
}
