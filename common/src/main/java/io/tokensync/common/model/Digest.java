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

    private final MessageDigest digest = SHA_256.get();
    private final ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);

    public Digest() {
        digest.reset();
    }

    public Digest text(String value) {
        if (value == null) {
            return number(-1);
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
        return this;
    }

    public Digest number(long value) {
        digest.update(eight.putLong(0, value).array());
        return this;
    }

    public Digest instant(Instant value) {
        return value == null ? number(Long.MIN_VALUE) : number(value.getEpochSecond()).number(value.getNano());
    }

    public long toLong() {
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
