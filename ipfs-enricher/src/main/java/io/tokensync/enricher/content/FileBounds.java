package io.tokensync.enricher.content;

import java.time.Duration;

/**
 * How far a file of several blocks is followed. A tree of blocks cannot have cycles, but a few of them that name one another
 * again and again can stand for more bytes than there are.
 *
 * @param bytes longest file
 * @param blocks most blocks, each counted as often as it is named
 * @param depth most blocks from the root to the end of a branch
 * @param time from the root to the last block; what has come by then is in the cache, for the next time
 */
public record FileBounds(long bytes, int blocks, int depth, Duration time) {
    private static final int BLOCKS = 1_024;
    private static final int DEPTH = 16;
    private static final Duration TIME = Duration.ofSeconds(30);

    /** The bounds for texts of so many characters. */
    public static FileBounds ofText(int maxCharacters) {
        return new FileBounds(ContentReader.maxBytes(maxCharacters), BLOCKS, DEPTH, TIME);
    }
}
