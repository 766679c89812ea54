package io.tokensync.scanner.state.sqlite;

import java.nio.ByteBuffer;
import java.util.List;

import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.KnownKey;
import io.tokensync.scanner.state.KnownRow;

/** Keys as one value of the state: a {@link RowChunk} of rows of which nothing is known, then its checksum (4 bytes). */
final class KeyList {
    /** The checksum is of the keys alone. */
    private static final long NO_DATABASE = 0;

    private KeyList() {}

    static byte[] write(List<KnownKey> keys) {
        byte[] chunk = RowChunk.write(keys.stream().map(key -> new KnownRow(key, 0, 0)).toList());
        return ByteBuffer.allocate(chunk.length + Integer.BYTES).put(chunk)
                .putInt(RowChunk.checksum(NO_DATABASE, chunk)).array();
    }

    /** @throws DamagedRowsException when these bytes are no keys, or were changed */
    static List<KnownKey> read(byte[] bytes) {
        if (bytes == null || bytes.length < Integer.BYTES) {
            throw new DamagedRowsException("the agent's state has an intent that was cut off", null);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] chunk = new byte[bytes.length - Integer.BYTES];
        in.get(chunk);
        if (in.getInt() != RowChunk.checksum(NO_DATABASE, chunk)) {
            throw new DamagedRowsException("the agent's state has an intent that was changed", null);
        }
        return RowChunk.read(chunk).stream().map(KnownRow::key).toList();
    }
}
