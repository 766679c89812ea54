package io.tokensync.scanner.diff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

import io.tokensync.common.model.TokenTransaction;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.UnreadValue;

/**
 * 64 bits that differ when what would be published differs: the stored values, where they come from, and the release's
 * way of reading them. What changes with every scan (session, version, time of the file) is not in it. Not
 * cryptographic: two different states of one row meet by chance once in 2^64.
 */
public final class RowHash {
    /** Raised when a release makes other rows of the same stored values, so that all are published again. */
    public static final int READING = 2;
    private static final long PRIME_ONE = 0x9E3779B185EBCA87L;
    private static final long PRIME_TWO = 0xC2B2AE3D27D4EB4FL;
    private static final int TURN = 31;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Columns in which the node means the same by NULL and by the empty text. */
    private static final Set<TokenColumn> EMPTY_IS_NULL = EnumSet.of(TokenColumn.DID, TokenColumn.PARENT_TOKEN_ID,
            TokenColumn.TOKEN_STATE_HASH, TokenColumn.TRANSACTION_ID);
    private static final TokenColumn[] COLUMNS = TokenColumn.values();

    private final long seed;

    /** For the rows of one database, with everything of their provenance that lasts; parts may be null. */
    public RowHash(String... provenance) {
        long hash = mix(PRIME_ONE, READING);
        for (String part : provenance) {
            hash = text(hash, part == null ? "" : part);
        }
        this.seed = hash;
    }

    /** What the hashes of all rows begin with, in hex. */
    @Override
    public String toString() {
        return Long.toHexString(seed);
    }

    /** The hash of a row. */
    public long of(RawRow row) {
        long hash = mix(seed, row.table().number());
        for (TokenColumn column : COLUMNS) {
            Object value = row.value(column);
            hash = value(hash, "".equals(value) && EMPTY_IS_NULL.contains(column) ? null : value);
        }
        return finish(row.transaction() == null ? hash : transaction(hash, row.transaction()));
    }

    /** What is remembered of a row with this hash that was published without its block, because that was not readable. */
    public static long withoutBlock(long hash) {
        return hash ^ PRIME_TWO;
    }

    /** What is remembered of a row with this hash that was published by a scan that wants no content. */
    public static long essential(long hash) {
        return hash ^ PRIME_ONE;
    }

    private static long transaction(long hash, TokenTransaction transaction) {
        long mixed = value(value(text(hash, transaction.check().code()), transaction.initiator()), transaction.owner());
        return value(mixed, transaction.time() == null ? null : transaction.time().getEpochSecond());
    }

    private static long value(long hash, Object value) {
        return switch (value) {
            case null -> mix(hash, 1);
            case String text -> text(mix(hash, 2), text);
            case Double number -> mix(mix(hash, 3), Double.doubleToLongBits(number));
            case BigDecimal number -> text(mix(hash, 7), number.toPlainString());
            case Number number -> mix(mix(hash, 4), number.longValue());
            case byte[] bytes -> bytes(mix(hash, 5), bytes);
            case UnreadValue(long bytes) -> mix(mix(hash, 6), bytes);
            default -> throw new IllegalArgumentException("no node stores a " + value.getClass());
        };
    }

    private static long text(long hash, String text) {
        return bytes(hash, text.getBytes(StandardCharsets.UTF_8));
    }

    private static long bytes(long hash, byte[] bytes) {
        long mixed = mix(hash, bytes.length);
        int whole = bytes.length - bytes.length % Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            mixed = mix(mixed, (long) WORDS.get(bytes, i));
        }
        for (int i = whole; i < bytes.length; i++) {
            mixed = mix(mixed, bytes[i]);
        }
        return mixed;
    }

    private static long mix(long hash, long word) {
        return Long.rotateLeft((hash ^ word * PRIME_TWO) * PRIME_ONE, TURN);
    }

    private static long finish(long hash) {
        long mixed = (hash ^ hash >>> 33) * PRIME_TWO;
        mixed = (mixed ^ mixed >>> 29) * PRIME_ONE;
        return mixed ^ mixed >>> 32;
    }
}
