package io.tokensync.ipfs;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The hash functions that Rubix ids use; both give 32 bytes. */
public enum HashFunction {
    /** Token ids. */
    SHA2_256(0x12, "SHA-256"),
    /** DIDs. */
    SHA3_256(0x16, "SHA3-256");

    /** Bytes of a digest. */
    public static final int LENGTH = 32;

    private static final ThreadLocal<Map<HashFunction, MessageDigest>> DIGESTS = ThreadLocal
            .withInitial(() -> new EnumMap<>(HashFunction.class));

    private final int code;
    private final String algorithm;

    HashFunction(int code, String algorithm) {
        this.code = code;
        this.algorithm = algorithm;
    }

    /** The code in a multihash. */
    int code() {
        return code;
    }

    static Optional<HashFunction> of(int code) {
        for (HashFunction function : values()) {
            if (function.code == code) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    /** The digest of this data: {@value #LENGTH} bytes, the caller's own. */
    public byte[] digest(byte[] data) {
        return mine().digest(data);
    }

    /**
     * As {@link #digest(byte[])}, for millions at a time: nothing is allocated.
     *
     * @param data its first bytes are hashed
     * @param length how many of them
     * @param digest takes the digest, in its first {@value #LENGTH} bytes
     */
    public void digest(byte[] data, int length, byte[] digest) {
        MessageDigest mine = mine();
        mine.update(data, 0, length);
        try {
            var _ = mine.digest(digest, 0, LENGTH);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a digest", e);
        }
    }

    private MessageDigest mine() {
        return DIGESTS.get().computeIfAbsent(this, HashFunction::create);
    }

    private static MessageDigest create(HashFunction function) {
        try {
            return MessageDigest.getInstance(function.algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks " + function.algorithm, e);
        }
    }
}
