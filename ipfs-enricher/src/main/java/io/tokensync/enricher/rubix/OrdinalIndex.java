package io.tokensync.enricher.rubix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Finds the ordinal of a hash among tens of millions, in about four bytes each. The leading bits of a hash choose its
 * bucket, the next six are its fingerprint; an entry has the fingerprint and the ordinal, so what the bucket says already
 * is not stored. A hash that is not in the index can meet a fingerprint by chance: the caller proves each candidate.
 *
 * <p>Layout, 32-bit little-endian: where each bucket starts and, behind the last, where it ends; then the entries, sorted.
 * The bytes are a function of the set of hashes alone.
 */
public final class OrdinalIndex {
    /** An entry as it comes of {@link #key}: this many bits of the hash above the ordinal. */
    public static final int ORDINAL_BITS = 26;

    static final int FINGERPRINT_BITS = Integer.SIZE - ORDINAL_BITS;
    private static final int ORDINAL_MASK = (1 << ORDINAL_BITS) - 1;
    private static final int PER_BUCKET = 8;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment starts;
    private final MemorySegment entries;
    private final int bucketBits;

    /**
     * @param bytes starts and entries
     * @param bucketBits how many leading bits choose the bucket
     */
    public OrdinalIndex(MemorySegment bytes, int bucketBits) {
        this.starts = bytes.asSlice(0, startsBytes(bucketBits));
        this.entries = bytes.asSlice(startsBytes(bucketBits));
        this.bucketBits = bucketBits;
    }

    /**
     * An index in memory. The entries of a bucket are in the order of their ordinals.
     *
     * @param leading the first 32 bits of the hash of each ordinal, from 0 on
     */
    static OrdinalIndex of(int[] leading) {
        int bits = bucketBits(leading.length);
        int startsAndEnd = (1 << bits) + 1;
        int[] index = new int[startsAndEnd + leading.length];
        // The start of each bucket goes on to its end while it is filled, which is where the next one starts.
        int[] next = new int[startsAndEnd + 1];
        for (int hash : leading) {
            next[bucket(hash, bits) + 2]++;
        }
        for (int bucket = 2; bucket < next.length; bucket++) {
            next[bucket] += next[bucket - 1];
        }
        for (int ordinal = 0; ordinal < leading.length; ordinal++) {
            int place = next[bucket(leading[ordinal], bits) + 1]++;
            index[startsAndEnd + place] = stored((fingerprint(leading[ordinal], bits) << ORDINAL_BITS) | ordinal);
        }
        for (int bucket = 0; bucket < startsAndEnd; bucket++) {
            index[bucket] = stored(next[bucket]);
        }
        return new OrdinalIndex(MemorySegment.ofArray(index), bits);
    }

    /** A number of an array that is read as bytes of the layout. */
    private static int stored(int number) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? number : Integer.reverseBytes(number);
    }

    private static int bucket(int leading, int bucketBits) {
        return bucketBits == 0 ? 0 : leading >>> (Integer.SIZE - bucketBits);
    }

    private static int fingerprint(int leading, int bucketBits) {
        return (leading << bucketBits) >>> (Integer.SIZE - FINGERPRINT_BITS);
    }

    /** A sensible number of leading bits for so many hashes: eight to sixteen in a bucket. */
    public static int bucketBits(int hashes) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(hashes / (2 * PER_BUCKET));
    }

    /** Bytes of the starts of all buckets. */
    public static long startsBytes(int bucketBits) {
        return ((1L << bucketBits) + 1) * Integer.BYTES;
    }

    /**
     * What has to be known of a hash to put it into an index: its bucket, its fingerprint, its ordinal, in this order from the
     * highest bit. Sorted keys are the order of the entries.
     */
    public static long key(long leadingBits, int ordinal, int bucketBits) {
        return ((leadingBits >>> (Long.SIZE - bucketBits - FINGERPRINT_BITS)) << ORDINAL_BITS) | ordinal;
    }

    /**
     * Writes a run of buckets: all starts of the run, and all its entries.
     *
     * @param keys of the run, sorted
     * @param firstEntry how many entries stand before the run
     * @param firstBucket of the run
     * @param starts takes as many starts as the run has buckets; little-endian
     * @param entries takes as many entries as there are keys; little-endian
     */
    public static void write(long[] keys, int firstEntry, int firstBucket, ByteBuffer starts, ByteBuffer entries) {
        int next = 0;
        for (int bucket = firstBucket; starts.hasRemaining(); bucket++) {
            starts.putInt(firstEntry + next);
            for (; next < keys.length && (int) (keys[next] >>> Integer.SIZE) == bucket; next++) {
                entries.putInt((int) keys[next]);
            }
        }
    }

    /** The first ordinal that the hash may have and whose proof holds. */
    public OptionalInt find(long leadingBits, IntPredicate proof) {
        int bucket = bucketBits == 0 ? 0 : (int) (leadingBits >>> (Long.SIZE - bucketBits));
        int fingerprint = (int) ((leadingBits << bucketBits) >>> (Long.SIZE - FINGERPRINT_BITS));
        int end = starts.getAtIndex(INT, bucket + 1L);
        for (int i = starts.getAtIndex(INT, bucket); i < end; i++) {
            int entry = entries.getAtIndex(INT, i);
            if (entry >>> ORDINAL_BITS == fingerprint && proof.test(entry & ORDINAL_MASK)) {
                return OptionalInt.of(entry & ORDINAL_MASK);
            }
        }
        return OptionalInt.empty();
    }
}
