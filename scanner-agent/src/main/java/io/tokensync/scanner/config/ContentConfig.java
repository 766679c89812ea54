package io.tokensync.scanner.config;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * What becomes of the tokens' content.
 *
 * @param essentialOnly whether rows are published without it, and nobody asks for it until a scan without this publishes
 *        them once more
 * @param attachMaxBytes longest IPFS block that a record carries; 0 attaches none
 */
public record ContentConfig(boolean essentialOnly, int attachMaxBytes) {
    public static final KeySection KEYS = KeySection.of("scanner");
    public static final ConfigKey<Boolean> ESSENTIAL_ONLY = KEYS.add(ConfigKey.flag("essential-only", false,
            "Rows without their content: nobody attaches it or asks for it until a scan without this, which publishes "
                    + "them again.")
            .replacing("--essential-only"));

    private static final ConfigKey<Boolean> ATTACH = KEYS.add(ConfigKey.flag("attach.enabled", true,
            "Whether records carry the token's IPFS block where the node has it."));
    /** By default a hundred times the largest block that nodes make of a token. */
    private static final ConfigKey<Long> ATTACH_BYTES = KEYS.add(ConfigKey.bytes("attach.max-bytes", 64L << 10,
            "Longest block that a record carries; bounded so that a record stays below Kafka's limit.")
            .within(Bounds.of(0L, 512L << 10)));

    /** With content. */
    public static final ContentConfig DEFAULT = new ContentConfig(false, ATTACH_BYTES.standard().intValue());

    public ContentConfig {
        ATTACH_BYTES.require((long) attachMaxBytes);
    }

    static ContentConfig from(Settings settings) {
        int bytes = settings.get(ATTACH_BYTES).intValue();
        return new ContentConfig(settings.get(ESSENTIAL_ONLY), settings.get(ATTACH) ? bytes : 0);
    }

    /** The same without content. */
    public ContentConfig withEssentialOnly() {
        return new ContentConfig(true, attachMaxBytes);
    }

    /** Longest block that is attached now; 0 for none. */
    public int attached() {
        return essentialOnly ? 0 : attachMaxBytes;
    }
}
