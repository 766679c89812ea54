package io.tokensync.scanner.state.sqlite;

import java.nio.ByteBuffer;
import java.util.List;

import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/**
 * What is on its way and not acknowledged. As one value of the state: the lowest version (8 bytes, big-endian), the keys as
 * a {@link RowChunk} of rows of which nothing is known, then the checksum of both (4 bytes).
 *
 * @param lowestVersion rows of the database from this version on are being published: versions only grow
 * @param deleted keys whose deletion is being published
 */
record Intent(long lowestVersion, List<PublishedKey> deleted) {
    /** Lowest version when no row is being published. */
    private static final long NO_ROW = Long.MAX_VALUE;
    /** The checksum is of the intent alone. */
    private static final long NO_DATABASE = 0;

    /** That of these rows and of these deletions. */
    static Intent of(List<PublishedRow> published, List<PublishedKey> deleted) {
        return new Intent(published.stream().mapToLong(PublishedRow::version).min().orElse(NO_ROW), deleted);
    }

    /** Whether rows are being published. */
    boolean hasRows() {
        return lowestVersion != NO_ROW;
    }

    byte[] write() {
        byte[] chunk = RowChunk.write(deleted.stream().map(PublishedRow::dirty).toList());
        byte[] intent = ByteBuffer.allocate(Long.BYTES + chunk.length).putLong(lowestVersion).put(chunk).array();
        return ByteBuffer.allocate(intent.length + Integer.BYTES).put(intent)
                .putInt(RowChunk.checksum(NO_DATABASE, intent)).array();
    }

    /** @throws DamagedRowsException when these bytes are no intent, or were changed */
    static Intent read(byte[] bytes) {
        if (bytes == null || bytes.length < Long.BYTES + Integer.BYTES) {
            throw new DamagedRowsException("the agent's state has an intent that was cut off", null);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] intent = new byte[bytes.length - Integer.BYTES];
        in.get(intent);
        if (in.getInt() != RowChunk.checksum(NO_DATABASE, intent)) {
            throw new DamagedRowsException("the agent's state has an intent that was changed", null);
        }
        byte[] chunk = new byte[intent.length - Long.BYTES];
        ByteBuffer.wrap(intent, Long.BYTES, chunk.length).get(chunk);
        return new Intent(ByteBuffer.wrap(intent).getLong(),
                RowChunk.read(chunk).stream().map(PublishedRow::key).toList());
    }
}
