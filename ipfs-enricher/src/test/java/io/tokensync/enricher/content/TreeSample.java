package io.tokensync.enricher.content;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.ipfs.UnixFs;

/**
 * A file of several blocks: chunks below inner nodes below a root, as {@code ipfs add} with a chunker of that size lays them
 * out. A test may put together by hand what nobody would.
 */
public final class TreeSample {
    private static final int FILE = 2;

    private final Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    private Link root;

    /** A block and the bytes of the file below it, true or not. */
    public record Link(Cid cid, long bytes) {
        Link saying(long otherBytes) {
            return new Link(cid, otherBytes);
        }
    }

    /**
     * The file.
     *
     * @param chunk bytes of a leaf
     * @param width most links of a node
     * @param rawLeaves whether leaves are their bytes alone, with ids of version 1
     */
    public static TreeSample of(byte[] content, int chunk, int width, boolean rawLeaves) {
        TreeSample tree = new TreeSample();
        List<Link> level = new ArrayList<>();
        for (int at = 0; at < content.length || level.isEmpty(); at += chunk) {
            byte[] bytes = Arrays.copyOfRange(content, at, Math.min(content.length, at + chunk));
            level.add(rawLeaves ? tree.raw(bytes) : tree.leaf(bytes));
        }
        while (level.size() > 1) {
            List<Link> above = new ArrayList<>();
            for (int at = 0; at < level.size(); at += width) {
                above.add(tree.node(new byte[0], level.subList(at, Math.min(level.size(), at + width))));
            }
            level = above;
        }
        tree.root = level.getFirst();
        return tree;
    }

    /** Adds a leaf in UnixFS. */
    public Link leaf(byte[] bytes) {
        return add(UnixFs.encode(bytes), bytes.length);
    }

    /** Adds a leaf that is its bytes. */
    public Link raw(byte[] bytes) {
        Cid cid = Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA2_256, bytes));
        blocks.put(cid, bytes);
        return new Link(cid, bytes.length);
    }

    /** Adds any block. */
    public Link add(byte[] block, long bytes) {
        Cid cid = Cid.v0(Multihash.of(HashFunction.SHA2_256, block));
        blocks.put(cid, block);
        return new Link(cid, bytes);
    }

    /** Adds a file's node with these links behind these bytes. */
    public Link node(byte[] head, List<Link> links) {
        long size = head.length + links.stream().mapToLong(Link::bytes).sum();
        return add(block(head, links, size), size);
    }

    /** The block of such a node, with a size of its own choice. */
    public static byte[] block(byte[] head, List<Link> links, long size) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        number(message, 1, FILE);
        if (head.length > 0) {
            bytes(message, 2, head);
        }
        number(message, 3, size);
        links.forEach(link -> number(message, 4, link.bytes()));
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        for (Link link : links) {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            bytes(target, 1, link.cid().bytes());
            bytes(target, 2, new byte[0]);
            number(target, 3, link.bytes());
            bytes(node, 2, target.toByteArray());
        }
        bytes(node, 1, message.toByteArray());
        return node.toByteArray();
    }

    /** Makes this the root. */
    public TreeSample under(Link newRoot) {
        root = newRoot;
        return this;
    }

    public Cid cid() {
        return root.cid();
    }

    /** The block of the root. */
    public IpfsBlock block() {
        return new IpfsBlock(blocks.get(root.cid()));
    }

    public ContentRequest request() {
        return new ContentRequest(cid(), null, null);
    }

    /** All blocks by their ids, the root too. */
    public Map<Cid, byte[]> blocks() {
        return blocks;
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, (long) field << 3);
        varint(out, value);
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        varint(out, ((long) field << 3) | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
