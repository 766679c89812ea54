package io.tokensync.common.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * The first 64 bits of a SHA-256 over a sequence of fields. It breaks ties between records of equal version, the same
 * way in Java and in SQL (a signed BIGINT), and tells equal rows from different ones. Fields are length-prefixed, so no
 * two sequences run together; null differs from empty.
 */
public final class Digest {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digest::sha256);
    /** A row and more; to hash byte by byte costs as much as the hashing. */
    private static final ThreadLocal<ByteBuffer> BUFFER = ThreadLocal.withInitial(() -> ByteBuffer.allocate(1024));

    private final MessageDigest digest = SHA_256.get();
    private final ByteBuffer buffer = BUFFER.get().clear();

    public Digest() {
        digest.reset();
    }

    public Digest text(String value) {
        if (value == null) {
            return number(-1);
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        if (bytes.length <= makeRoom(bytes.length)) {
            buffer.put(bytes);
        } else {
            digest.update(bytes);
        }
        return this;
    }

    public Digest number(long value) {
        var _ = makeRoom(Long.BYTES);
        buffer.putLong(value);
        return this;
    }

    /** Hashes what is in the buffer when there is not so much room behind it; returns how much there is then. */
    private int makeRoom(int bytes) {
        if (buffer.remaining() < bytes) {
            digest.update(buffer.flip());
            buffer.clear();
        }
        return buffer.remaining();
    }

    public Digest instant(Instant value) {
        return value == null ? number(Long.MIN_VALUE) : number(value.getEpochSecond()).number(value.getNano());
    }

    public long toLong() {
        digest.update(buffer.flip());
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
