package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageOutput;

/**
 * FEATUREEXTACK: the answer to the feature extensions of LOGIN7 (MS-TDS 2.2.7.11).
 *
 * <p>A feature that is not acknowledged is declined. Session recovery (0x01) is declined so: a test that loses a
 * connection sees it lost, and temporary tables never vanish unseen. UTF-8 support (0x0A) is acknowledged.
 */
public record FeatureExtAck() implements Token {
    public static final int SESSION_RECOVERY = 0x01;
    public static final int UTF8_SUPPORT = 0x0A;

    private static final int TOKEN = 0xAE;
    private static final int TERMINATOR = 0xFF;

    @Override
    public void write(MessageOutput out) throws IOException {
        out.writeByte(TOKEN);
        out.writeByte(UTF8_SUPPORT);
        out.writeInt(1);
        out.writeByte(1);
        out.writeByte(TERMINATOR);
    }
}
