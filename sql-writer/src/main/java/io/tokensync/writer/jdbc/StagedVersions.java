package io.tokensync.writer.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Digest;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.TokenBatch;

/**
 * The versions that the records of a batch publish and that are not the row of what they say together. Each becomes a row of the
 * history by itself, so that what is superseded within the batch is not lost.
 */
final class StagedVersions {
    private final List<StagedRow> versions = new ArrayList<>();

    /** What tells the versions of a row apart. */
    private record Version(long number, long hash) {
        static Version of(TokenState.Row row) {
            return new Version(row.version(), row.digest());
        }
    }

    /** Adds those of a row. */
    void add(TokenBatch.Row row, int origin, int number) {
        TokenState.Row staged = row.state().row();
        if (staged != null && row.records().size() == 1) {
            return;
        }
        Set<Version> seen = new HashSet<>();
        if (staged != null) {
            seen.add(Version.of(staged));
        }
        for (Received received : row.records()) {
            TokenState state = version(received.record());
            if (seen.add(Version.of(state.row()))) {
                versions.add(new StagedRow(state, origin, number));
            }
        }
    }

    List<StagedRow> all() {
        return versions;
    }

    /** A row in its version; of a deletion one without fields, whose hash tells it from others of its version. */
    private static TokenState version(TokenRecord record) {
        return switch (record.change()) {
            case Change.Upsert _ -> TokenState.of(record);
            case Change.Delete(Instant deletedAt) -> {
                long version = record.recordVersion();
                yield new TokenState(record.key(),
                        new TokenState.Row(version, record.provenance(), null, hash(record.provenance(), deletedAt)),
                        new TokenState.Deletion(version, deletedAt), record.content());
            }
        };
    }

    /** Of all that the history has of it. */
    private static long hash(Provenance from, Instant deletedAt) {
        return new Digest().instant(deletedAt).text(from.sessionId()).instant(from.dbLastModified()).toLong();
    }
}
