package io.tokensync.scanner;

/**
 * What becomes of the tokens' content.
 *
 * @param essentialOnly whether rows are published without it, and nobody asks for it until a scan without this publishes
 *        them once more
 * @param attachMaxBytes longest IPFS block that a record carries; 0 attaches none
 */
public record ContentConfig(boolean essentialOnly, int attachMaxBytes) {
    /** Blocks up to this size are attached: a hundred times the largest that nodes make of a token. */
    public static final int DEFAULT_ATTACH = 64 << 10;

    /** With content. */
    public static final ContentConfig DEFAULT = new ContentConfig(false, DEFAULT_ATTACH);

    private static final int MAX_ATTACH = 512 << 10;

    public ContentConfig {
        if (attachMaxBytes < 0 || attachMaxBytes > MAX_ATTACH) {
            throw new IllegalArgumentException(
                    "scanner.attach.max-bytes must be from 0 to 512KiB, so that a record stays"
                            + " below Kafka's limit, not " + attachMaxBytes);
        }
    }

    /** The same without content. */
    ContentConfig withEssentialOnly() {
        return new ContentConfig(true, attachMaxBytes);
    }

    /** Longest block that is attached now; 0 for none. */
    int attached() {
        return essentialOnly ? 0 : attachMaxBytes;
    }
}
