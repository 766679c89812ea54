package io.tokensync.writer.handler;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.UnixFs;
import io.tokensync.ipfs.WholeToken;

/**
 * Whether the content in a record is the token id's. The enricher has verified it, but whoever may write to the topic could
 * say so too. Content of one block is proven by its hash: as {@code ipfs add} stores it, or in the form of the block that
 * the record has with it. Of a file of several blocks the first one is proven, and with it the length; that the others were
 * verified is believed of the enricher.
 */
final class ContentProof {
    /** Reason of content that is not taken over, as in {@code ipfs_error}. */
    static final String UNPROVEN = "unproven: the record's content does not hash to the token id and was not taken over";

    private ContentProof() {}

    /** Whether the record has no content that it does not prove. */
    static boolean holds(TokenRecord record) {
        return !(record.content() instanceof Content.Fetched content)
                || cid(record.key().tokenId()).filter(cid -> holds(cid, content, record.ipfsBlock())).isPresent();
    }

    /** The id itself, or the one that follows from it: nodes of v1 call a whole token by level and number. */
    private static Optional<Cid> cid(String tokenId) {
        return Cid.parse(tokenId).or(() -> WholeToken.ofId(tokenId).map(WholeToken::cid));
    }

    /** In the place of content that is not taken over. */
    static Content unproven(long version) {
        return new Content.Failed(version, UNPROVEN);
    }

    private static boolean holds(Cid cid, Content.Fetched content, IpfsBlock block) {
        Optional<byte[]> bytes = bytes(content);
        if (bytes.isEmpty()) {
            return false;
        }
        if (cid.codec() == Cid.Codec.RAW) {
            return cid.hashes(bytes.get());
        }
        if (block == null) {
            return bytes.get().length <= UnixFs.MAX_CHUNK && cid.hashes(UnixFs.encode(bytes.get()));
        }
        return cid.hashes(block.bytes()) && isOf(UnixFs.decode(cid, block.bytes()), bytes.get());
    }

    private static boolean isOf(UnixFs.Decoded block, byte[] content) {
        return switch (block) {
            case UnixFs.Decoded.File file -> Arrays.equals(file.content(), content);
            case UnixFs.Decoded.Tree tree -> tree.size() == content.length
                    && Arrays.equals(tree.head(), 0, tree.head().length, content, 0, tree.head().length);
            case UnixFs.Decoded.NotAFile _,UnixFs.Decoded.NotFollowed _,UnixFs.Decoded.Malformed _ -> false;
        };
    }

    /** The content's bytes; empty when the text is none of content. */
    private static Optional<byte[]> bytes(Content.Fetched content) {
        if (!Content.Fetched.NOT_UTF8.equals(content.note())) {
            return Optional.of(content.data().getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(content.data()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
