package io.tokensync.scanner.state.sqlite;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32C;

import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/**
 * Published rows of one database, as one value of the state. A row is the table's number (a byte), how much higher its
 * rowid is than that of the row before it (zigzag varint; the first counts from 0), the length of the id in bytes (varint),
 * the id in UTF-8, the hash (8 bytes, big-endian) and how much higher its version is (as the rowid). A varint has 7 bits a
 * byte, the lowest first; the high bit says that there is more. Rowids and versions of a page are consecutive, so a row
 * takes 12 bytes and its id.
 */
final class RowChunk {
    private static final int TABLES = TokenTable.values().length;
    private static final int MAX_VARINT = 10;
    private static final int MAX_BYTES_BESIDE_ID = 1 + 3 * MAX_VARINT + Long.BYTES;
    private static final int GROUP_BITS = 7;
    private static final int GROUP = 0x7f;
    private static final int MORE = 0x80;

    /** From which the first row counts. */
    private static final PublishedRow BEFORE_ALL = new PublishedRow(new PublishedKey(0, 0, ""), 0, 0);

    private RowChunk() {}

    /** @param rows in any order that {@link #read} is to keep */
    static byte[] write(List<PublishedRow> rows) {
        List<byte[]> ids = rows.stream().map(row -> row.key().tokenId().getBytes(StandardCharsets.UTF_8)).toList();
        ByteBuffer out = ByteBuffer.allocate(ids.stream().mapToInt(id -> id.length + MAX_BYTES_BESIDE_ID).sum());
        Iterator<byte[]> nextId = ids.iterator();
        PublishedRow last = BEFORE_ALL;
        for (PublishedRow row : rows) {
            byte[] id = nextId.next();
            out.put((byte) row.key().table());
            writeVarint(out, zigzag(row.key().rowid() - last.key().rowid()));
            writeVarint(out, id.length);
            out.put(id).putLong(row.hash());
            writeVarint(out, zigzag(row.version() - last.version()));
            last = row;
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * The rows, in the order in which they were written.
     *
     * @throws DamagedRowsException when these bytes are no chunk
     */
    static List<PublishedRow> read(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        List<PublishedRow> rows = new ArrayList<>();
        PublishedRow last = BEFORE_ALL;
        try {
            while (in.hasRemaining()) {
                last = row(data, in, last);
                rows.add(last);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw corrupt(e);
        }
        return rows;
    }

    private static PublishedRow row(byte[] data, ByteBuffer in, PublishedRow before) {
        int table = in.get();
        if (table < 0 || table >= TABLES) {
            throw corrupt(null);
        }
        long rowid = before.key().rowid() + unzigzag(readVarint(in));
        int length = (int) readVarint(in);
        String id = new String(data, in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return new PublishedRow(new PublishedKey(table, rowid, id), in.getLong(),
                before.version() + unzigzag(readVarint(in)));
    }

    /** CRC-32C of the bytes and of the database that they belong to. SQLite keeps no checksums of its own. */
    static int checksum(long database, byte[] data) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, database));
        sum.update(data);
        return (int) sum.getValue();
    }

    /** Bytes that a row takes behind another one, null for the first; more when its id is not ASCII. */
    static int bytes(PublishedRow before, PublishedRow row) {
        PublishedRow last = before == null ? BEFORE_ALL : before;
        int id = row.key().tokenId().length();
        return 1 + varintBytes(zigzag(row.key().rowid() - last.key().rowid())) + varintBytes(id) + id + Long.BYTES
                + varintBytes(zigzag(row.version() - last.version()));
    }

    private static void writeVarint(ByteBuffer out, long value) {
        long rest = value;
        while (rest >>> GROUP_BITS != 0) {
            out.put((byte) ((rest & GROUP) | MORE));
            rest >>>= GROUP_BITS;
        }
        out.put((byte) rest);
    }

    private static long readVarint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += GROUP_BITS) {
            byte group = in.get();
            value |= (long) (group & GROUP) << shift;
            if ((group & MORE) == 0) {
                return value;
            }
        }
        throw corrupt(null);
    }

    private static int varintBytes(long value) {
        int bytes = 1;
        for (long rest = value >>> GROUP_BITS; rest != 0; rest >>>= GROUP_BITS) {
            bytes++;
        }
        return bytes;
    }

    /** Small numbers of either sign as small numbers without one. */
    private static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    private static DamagedRowsException corrupt(Throwable cause) {
        return new DamagedRowsException("the agent's state has published rows that cannot be read", cause);
    }
}
