package io.tokensync.simulator.content;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenKind;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.ipfs.UnixFs;

/**
 * A token with its IPFS file. Everything about it follows from the content, wherever it is held.
 *
 * @param kind what it is
 * @param cid the id of its block, a CIDv0: the token id
 * @param content the text of its IPFS file
 * @param block the file as IPFS stores it
 * @param value 1.0 for a whole token, less for a part
 * @param parent parent token id of a part, otherwise null
 * @param details texts for the further columns of its table, in the table's order
 */
public record Token(TokenKind kind, Cid cid, String content, IpfsBlock block, double value, String parent,
        List<String> details) {

    /** The token whose IPFS file says this. */
    public static Token of(TokenKind kind, String content, double value, String parent, List<String> details) {
        byte[] block = UnixFs.encode(content.getBytes(StandardCharsets.UTF_8));
        Cid cid = Cid.v0(Multihash.of(HashFunction.SHA2_256, block));
        return new Token(kind, cid, content, new IpfsBlock(block), value, parent, details);
    }

    /** The token id. */
    public String id() {
        return cid.toString();
    }
}
