package io.tokensync.common.model;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of one IPFS block as somebody claims them: what a CID hashes, not the content inside. The array is not
 * copied; nobody may change it.
 */
public final class IpfsBlock {
    private static final int SHOWN = 8;

    private final byte[] bytes;

    public IpfsBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpfsBlock that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes " + HexFormat.of().formatHex(bytes, 0, Math.min(SHOWN, bytes.length));
    }
}
