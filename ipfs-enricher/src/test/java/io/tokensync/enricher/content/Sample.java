package io.tokensync.enricher.content;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.ipfs.UnixFs;

/** Content with its true id and block. */
public record Sample(Cid cid, IpfsBlock block, String text) {
    /** Texts that somebody between the node and SQL may be tempted to change. */
    public static final List<String> HOSTILE = List.of("", " ", "\n", "\u0000\u0001\u001b[31m\u007f",
            "<script>alert(1)</script>&amp;", "'; DROP TABLE TokenRecords; --", "{\"ipfs_data\":\"\\u0000\"}",
            "\uD83D\uDCA3\uD83C\uDFFD", "\uFEFFbom", "\uFFFD", "\u2028\u2029", "e\u0301 \u00E9", "\r\n trailing \t",
            "C:\\temp\\new", "%s%n${jndi:ldap://x}");

    public static Sample of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), text);
    }

    public static Sample of(byte[] content) {
        return of(content, null);
    }

    /** A block that is whatever these bytes are. */
    public static Sample ofBlock(byte[] block) {
        return new Sample(Cid.v0(Multihash.of(HashFunction.SHA2_256, block)), new IpfsBlock(block), null);
    }

    public ContentRequest request() {
        return new ContentRequest(cid, null, null);
    }

    private static Sample of(byte[] content, String text) {
        return new Sample(Cid.v0Of(content), new IpfsBlock(UnixFs.encode(content)), text);
    }
}
