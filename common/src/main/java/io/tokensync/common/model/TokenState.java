package io.tokensync.common.model;

import java.time.Instant;
import java.util.Objects;

/**
 * The state of one row of {@code TokenRecords}, and the convergence invariant. It is a product of three registers, each of
 * which keeps its maximum under a total order:
 *
 * <ul>
 * <li>the row, by (record_version, digest of the fields);
 * <li>the deletion, by (record_version, time); dropped as soon as a newer row is known;
 * <li>the content, by (rank, content_version, digest).
 * </ul>
 *
 * Hence {@link #merge} is commutative, associative and idempotent: records applied twice, late, out of order or after a
 * replay of the whole topic end in the same state. The same rules stand in SQL, in {@code merge.sql} of each dialect;
 * property tests hold the three against each other.
 *
 * @param key identity
 * @param row newest known row, or null when only its deletion is known
 * @param deletion newest deletion when it is not older than the row, else null
 * @param content best known content
 */
public record TokenState(TokenKey key, Row row, Deletion deletion, Content content) {

    /** The fields of a row with the version that carried them. */
    public record Row(long version, Provenance provenance, TokenRow fields, long digest) implements Comparable<Row> {
        static Row of(long version, Provenance provenance, TokenRow fields) {
            return new Row(version, provenance, fields, digest(provenance, fields));
        }

        @Override
        public int compareTo(Row other) {
            int byVersion = Long.compare(version, other.version);
            return byVersion != 0 ? byVersion : Long.compare(digest, other.digest);
        }

        private static long digest(Provenance from, TokenRow row) {
            Digest digest = new Digest().text(row.did()).text(row.tokenStatus()).text(row.statusName())
                    .text(row.tokenValue()).text(row.parentTokenId()).text(row.tokenKind().code())
                    .text(row.generation().code()).instant(row.createdAt()).instant(row.updatedAt())
                    .text(row.tokenStateHash()).text(row.transactionId());
            transaction(digest, row.transaction());
            digest.number(row.validationErrors().size());
            row.validationErrors().forEach(digest::text);
            return digest.text(from.sessionId()).text(from.dbPath()).text(from.ipfsPath())
                    .instant(from.dbLastModified()).toLong();
        }

        private static void transaction(Digest digest, TokenTransaction it) {
            if (it == null) {
                digest.text(null);
                return;
            }
            digest.text(it.check().code()).text(it.initiator()).text(it.owner()).instant(it.time());
        }
    }

    /** That the row was gone, with the version that said so. */
    public record Deletion(long version, Instant deletedAt) implements Comparable<Deletion> {
        @Override
        public int compareTo(Deletion other) {
            int byVersion = Long.compare(version, other.version);
            return byVersion != 0 ? byVersion : deletedAt.compareTo(other.deletedAt);
        }
    }

    public TokenState {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(content, "content");
        if (row != null && deletion != null && row.version() > deletion.version()) {
            deletion = null;
        }
    }

    /** The state of a row of which only this record is known. */
    public static TokenState of(TokenRecord record) {
        return switch (record.change()) {
            case Change.Upsert(TokenRow fields) -> new TokenState(record.key(),
                    Row.of(record.recordVersion(), record.provenance(), fields), null, record.content());
            case Change.Delete(var deletedAt) -> new TokenState(record.key(), null,
                    new Deletion(record.recordVersion(), deletedAt), record.content());
        };
    }

    /** The state after both have been seen, whichever came first. */
    public TokenState merge(TokenState other) {
        if (!key.equals(other.key)) {
            throw new IllegalArgumentException("states of two rows do not merge: " + key + " and " + other.key);
        }
        return new TokenState(key, max(row, other.row), max(deletion, other.deletion), max(content, other.content));
    }

    private static <T extends Comparable<? super T>> T max(T one, T two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.compareTo(two) >= 0 ? one : two;
    }
}
