package io.tokensync.ipfs;

import io.tokensync.testkit.property.Gen;

/** Random bytes for property tests. */
final class Bytes {
    private Bytes() {}

    /** Up to {@code max} bytes, zeros in front more often than chance would have it. */
    static byte[] random(Gen gen, int max) {
        byte[] bytes = new byte[gen.integer(0, max)];
        for (int i = gen.percent(20) ? bytes.length / 2 : 0; i < bytes.length; i++) {
            bytes[i] = (byte) gen.integer(-128, 127);
        }
        return bytes;
    }
}
