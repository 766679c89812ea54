package io.tokensync.enricher.rubix;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import io.tokensync.common.model.TokenLevels;
import io.tokensync.ipfs.WholeToken;

/**
 * Finds the number whose hash stands in a whole token's content, by an index of all five million hashes: 22 MB, made when it is
 * first needed, in about a second of one core.
 */
final class TokenNumbers {
    private static final int COUNT = TokenLevels.mostNumbers();
    private static final int BUCKET_BITS = OrdinalIndex.bucketBits(COUNT);

    private TokenNumbers() {}

    /** Made at the first use. */
    private static final class Holder {
        private static final OrdinalIndex INDEX = build();
    }

    /** The number with this hash, if it is the number of a token of any level. */
    static OptionalInt find(byte[] hash) {
        return Holder.INDEX.find(leadingBits(hash), number -> Arrays.equals(WholeToken.hash(number), hash));
    }

    private static long leadingBits(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private static OrdinalIndex build() {
        long[] keys = IntStream.range(0, COUNT)
                .mapToLong(n -> OrdinalIndex.key(leadingBits(WholeToken.hash(n)), n, BUCKET_BITS)).toArray();
        Arrays.sort(keys);
        int startsBytes = (int) OrdinalIndex.startsBytes(BUCKET_BITS);
        ByteBuffer bytes = ByteBuffer.allocate(startsBytes + COUNT * Integer.BYTES);
        int lastStart = startsBytes - Integer.BYTES;
        OrdinalIndex.write(keys, 0, 0, bytes.slice(0, lastStart).order(ByteOrder.LITTLE_ENDIAN),
                bytes.slice(startsBytes, COUNT * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN));
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(lastStart, COUNT);
        return new OrdinalIndex(MemorySegment.ofArray(bytes.array()), BUCKET_BITS);
    }
}
