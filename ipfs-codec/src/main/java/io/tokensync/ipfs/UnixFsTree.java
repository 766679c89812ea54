package io.tokensync.ipfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.tokensync.ipfs.UnixFs.Decoded;
import io.tokensync.ipfs.UnixFs.Link;

/** Reads the block of a file that has links to others. */
final class UnixFsTree {
    /** Most links of a block that are followed; what is in use has at most so many. */
    static final int MAX_LINKS = 1_024;

    private static final int LINK_HASH = 1;

    private UnixFsTree() {}

    /** What the block says, without following it. */
    static Decoded read(byte[] block, UnixFsMessage message, int links) {
        if (links > MAX_LINKS) {
            return new Decoded.NotFollowed(links + " links in one block; " + MAX_LINKS + " are followed");
        }
        if (message.blockSizes().size() != links) {
            return new Decoded.Malformed("sizes of " + message.blockSizes().size() + " blocks for " + links + " links");
        }
        long size = (long) message.to() - message.from();
        for (long bytes : message.blockSizes()) {
            if (bytes < 0 || bytes > Long.MAX_VALUE - size) {
                return new Decoded.Malformed("blocks of more bytes than a file can have");
            }
            size += bytes;
        }
        return message.agreesWith(size)
                ? follow(block, message)
                : new Decoded.Malformed("file size " + message.size() + ", but blocks of " + size + " bytes");
    }

    private static Decoded follow(byte[] block, UnixFsMessage message) {
        List<Link> links = new ArrayList<>(message.blockSizes().size());
        ProtoReader node = new ProtoReader(block, 0, block.length);
        while (node.next()) {
            if (node.is(UnixFs.NODE_LINK, ProtoReader.BYTES)) {
                Optional<Cid> cid = target(block, new ProtoReader(block, node.from(), node.to()));
                if (cid.isEmpty()) {
                    return new Decoded.NotFollowed("link " + (links.size() + 1)
                            + " has no id of sha2-256 or sha3-256 to a file's block");
                }
                links.add(new Link(cid.orElseThrow(), message.blockSizes().get(links.size())));
            }
        }
        return new Decoded.Tree(Arrays.copyOfRange(block, message.from(), message.to()), links);
    }

    private static Optional<Cid> target(byte[] block, ProtoReader link) {
        Optional<Cid> cid = Optional.empty();
        while (link.next()) {
            if (link.is(LINK_HASH, ProtoReader.BYTES)) {
                cid = Cid.read(Arrays.copyOfRange(block, link.from(), link.to()));
            }
        }
        return link.malformed() == null ? cid : Optional.empty();
    }
}
