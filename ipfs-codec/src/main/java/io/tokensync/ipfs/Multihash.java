package io.tokensync.ipfs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A hash that says how it was made: function, length, digest. */
public final class Multihash {
    private static final int PREFIX = 2;
    static final int LENGTH = PREFIX + HashFunction.LENGTH;

    private final HashFunction function;
    private final byte[] bytes;

    private Multihash(HashFunction function, byte[] bytes) {
        this.function = function;
        this.bytes = bytes;
    }

    /** The hash of this data. */
    public static Multihash of(HashFunction function, byte[] data) {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = (byte) function.code();
        bytes[1] = HashFunction.LENGTH;
        System.arraycopy(function.digest(data), 0, bytes, PREFIX, HashFunction.LENGTH);
        return new Multihash(function, bytes);
    }

    /** The multihash that fills {@code source} from {@code from} on; empty when it is no 32-byte hash of a known function. */
    static Optional<Multihash> read(byte[] source, int from) {
        if (source.length - from != LENGTH || source[from + 1] != HashFunction.LENGTH) {
            return Optional.empty();
        }
        return HashFunction.of(source[from])
                .map(f -> new Multihash(f, Arrays.copyOfRange(source, from, source.length)));
    }

    /** How it was made. */
    public HashFunction function() {
        return function;
    }

    /** Whether this data has this hash. */
    public boolean matches(byte[] data) {
        return Arrays.equals(bytes, PREFIX, LENGTH, function.digest(data), 0, HashFunction.LENGTH);
    }

    /** The first 64 bits of the digest. */
    public long leadingBits() {
        return ByteBuffer.wrap(bytes).getLong(PREFIX);
    }

    /** Function code, length, digest: 34 bytes, not copied; nobody may change them. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multihash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The base58btc form, which is also the text of a CIDv0. */
    @Override
    public String toString() {
        return Base58.encode(bytes);
    }
}
