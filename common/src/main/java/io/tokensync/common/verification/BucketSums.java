package io.tokensync.common.verification;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * A set of rows as sums of their digests, in buckets by the hash of the token id; each bucket has how many rows it sums up.
 * Which rows differ between two sets is told to the bucket. Sums do not mind the order of the rows, and those of many
 * buckets fold into those of fewer.
 */
public final class BucketSums {
    /** Into so many buckets rows are summed up; a power of two. */
    public static final int FINEST = 4096;
    /** The fewest that are worth being sent. */
    public static final int COARSEST = 64;
    private static final int ROWS_PER_BUCKET = 16;
    private static final int BYTES_PER_BUCKET = Integer.BYTES + Long.BYTES;
    private static final int SPREAD = 0x9E3779B9;

    private final int[] counts;
    private final long[] sums;

    private BucketSums(int[] counts, long[] sums) {
        this.counts = counts;
        this.sums = sums;
    }

    /** Adds rows up, in any order. Not for several threads. */
    public static final class Builder {
        private final int[] counts = new int[FINEST];
        private final long[] sums = new long[FINEST];

        /** Adds a row with its {@link RowDigest}. */
        public void add(String tokenId, long rowDigest) {
            int bucket = bucket(tokenId, FINEST);
            counts[bucket]++;
            sums[bucket] += rowDigest;
        }

        /** Takes back a row that was added. */
        public void remove(String tokenId, long rowDigest) {
            int bucket = bucket(tokenId, FINEST);
            counts[bucket]--;
            sums[bucket] -= rowDigest;
        }

        /** What was added up to now, in {@link #FINEST} buckets. */
        public BucketSums sums() {
            return new BucketSums(counts.clone(), sums.clone());
        }
    }

    /** The bucket of a token id, from 0; the same in every process and release. */
    public static int bucket(String tokenId, int buckets) {
        // The high bits, of which fewer buckets take fewer.
        return (int) ((Integer.toUnsignedLong(tokenId.hashCode() * SPREAD) * buckets) >>> Integer.SIZE);
    }

    /** How many buckets. */
    public int buckets() {
        return counts.length;
    }

    /** How many rows. */
    public long rows() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /** How many rows of one bucket. */
    public int rows(int bucket) {
        return counts[bucket];
    }

    /** In as many buckets as so many rows are worth being told apart by. */
    public BucketSums reduced() {
        long wanted = Long.highestOneBit(Math.max(1, rows() / ROWS_PER_BUCKET));
        return reduced(Math.clamp(wanted, COARSEST, FINEST));
    }

    /**
     * The same rows in fewer buckets.
     *
     * @throws IllegalArgumentException when they are no whole fraction of these
     */
    public BucketSums reduced(int buckets) {
        if (buckets <= 0 || counts.length % buckets != 0) {
            throw new IllegalArgumentException(counts.length + " buckets do not fold into " + buckets);
        }
        int each = counts.length / buckets;
        int[] foldedCounts = new int[buckets];
        long[] foldedSums = new long[buckets];
        for (int bucket = 0; bucket < counts.length; bucket++) {
            foldedCounts[bucket / each] += counts[bucket];
            foldedSums[bucket / each] += sums[bucket];
        }
        return new BucketSums(foldedCounts, foldedSums);
    }

    /**
     * The buckets in which the two differ.
     *
     * @throws IllegalArgumentException when they are not equally many
     */
    public BitSet differing(BucketSums other) {
        if (other.counts.length != counts.length) {
            throw new IllegalArgumentException(counts.length + " buckets do not compare with " + other.counts.length);
        }
        BitSet differing = new BitSet(counts.length);
        for (int bucket = 0; bucket < counts.length; bucket++) {
            differing.set(bucket, counts[bucket] != other.counts[bucket] || sums[bucket] != other.sums[bucket]);
        }
        return differing;
    }

    /** One digest over all buckets, in 64 hexadecimal digits: what people compare. */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** For each bucket its count and its sum, 12 bytes, big-endian. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(counts.length * BYTES_PER_BUCKET);
        for (int bucket = 0; bucket < counts.length; bucket++) {
            bytes.putInt(counts[bucket]).putLong(sums[bucket]);
        }
        return bytes.array();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IllegalArgumentException when it did not
     */
    public static BucketSums of(byte[] bytes) {
        int buckets = bytes.length / BYTES_PER_BUCKET;
        if (bytes.length % BYTES_PER_BUCKET != 0 || buckets < COARSEST || buckets > FINEST
                || Integer.bitCount(buckets) != 1) {
            throw new IllegalArgumentException(bytes.length + " bytes are no sums of buckets");
        }
        int[] counts = new int[buckets];
        long[] sums = new long[buckets];
        ByteBuffer from = ByteBuffer.wrap(bytes);
        for (int bucket = 0; bucket < buckets; bucket++) {
            counts[bucket] = from.getInt();
            sums[bucket] = from.getLong();
            if (counts[bucket] < 0) {
                throw new IllegalArgumentException("a bucket has a negative count");
            }
        }
        return new BucketSums(counts, sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketSums it && Arrays.equals(counts, it.counts) && Arrays.equals(sums, it.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    @Override
    public String toString() {
        return rows() + " rows in " + counts.length + " buckets";
    }
}
