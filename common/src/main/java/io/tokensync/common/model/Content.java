package io.tokensync.common.model;

import java.util.Objects;

/**
 * What is known of a token's IPFS content. Ranked absent &lt; failed &lt; fetched; among equals the higher version
 * wins, then the higher digest, so that any two contents of a token have one maximum whatever order they come in.
 */
public sealed interface Content extends Comparable<Content> {
    /** 0 absent, 1 failed, 2 fetched. */
    int rank();

    /** Which attempt said so. */
    long version();

    /** 64 bits of a digest of everything else; equal digests mean equal content. */
    long digest();

    @Override
    default int compareTo(Content other) {
        int byRank = Integer.compare(rank(), other.rank());
        if (byRank != 0) {
            return byRank;
        }
        int byVersion = Long.compare(version(), other.version());
        return byVersion != 0 ? byVersion : Long.compare(digest(), other.digest());
    }

    /** Nothing known yet. */
    static Content absent() {
        return new Absent();
    }

    /** Nobody has asked yet. */
    record Absent() implements Content {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public long version() {
            return 0;
        }

        @Override
        public long digest() {
            return 0;
        }
    }

    /**
     * Asked for and not got, or got and not believed.
     *
     * @param version when it was asked for, in milliseconds since the epoch: the latest reason is shown
     * @param error reason code, colon, detail; as in {@code ipfs_error}, at most 1000 characters
     */
    record Failed(long version, String error) implements Content {
        public Failed {
            Objects.requireNonNull(error, "ipfs_error");
        }

        @Override
        public int rank() {
            return 1;
        }

        @Override
        public long digest() {
            return new Digest().text(error).toLong();
        }
    }

    /**
     * Fetched and verified against the token id. Its version tells how it was read, not when (content never changes),
     * so that a replay says the same again and writes nothing.
     *
     * @param version {@link #READING}
     * @param data the content as text; Base64 of it when it is not UTF-8, which {@code note} then says
     * @param source where it was found: attached, blockstore, kubo …; as in {@code ipfs_source}
     * @param note remark for {@code ipfs_error}, or null
     * @param info what the content says, as in {@code ipfs_info}: a flat JSON object of at most 1000 characters, a pure
     *        function of the data; null when nobody knows how to read it
     */
    record Fetched(long version, String data, String source, String note, String info) implements Content {
        /**
         * Version of the way this release reads content; raised when a later release reads more from the same bytes. Version 1
         * had no {@code info}.
         */
        public static final long READING = 2;
        /** No release reads in so many ways: what claims more would win over each of them for ever. */
        public static final long HIGHEST_READING = 100;

        /** Remark on content that is not UTF-8. */
        public static final String NOT_UTF8 = "not_utf8: kept as Base64";

        /** Content that nobody knows how to read. */
        public Fetched(long version, String data, String source, String note) {
            this(version, data, source, note, null);
        }

        public Fetched {
            Objects.requireNonNull(data, "ipfs_data");
            Objects.requireNonNull(source, "ipfs_source");
        }

        @Override
        public int rank() {
            return 2;
        }

        @Override
        public long digest() {
            Digest digest = new Digest().text(data).text(source).text(note);
            return (info == null ? digest : digest.text(info)).toLong(); // without it as in version 1
        }
    }
}
