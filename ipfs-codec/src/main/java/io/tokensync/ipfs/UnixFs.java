package io.tokensync.ipfs;

import java.util.Arrays;
import java.util.List;

/**
 * A small file as IPFS stores it: a UnixFS message (type, data, size) inside a dag-pb node, all in one block. This is what
 * {@code ipfs add} without options makes of a file of up to one chunk, and the form of every Rubix token. Of a longer file each
 * block says where the next ones are.
 */
public final class UnixFs {
    /** Bytes of content in one block with the default chunker. */
    public static final int MAX_CHUNK = 262_144;

    private static final int NODE_DATA = 1;
    static final int NODE_LINK = 2;
    private static final int TYPE_FILE = 2;

    /**
     * From one block of a file to the next.
     *
     * @param cid of the next one
     * @param bytes of the file that are below it, as this block says it
     */
    public record Link(Cid cid, long bytes) {}

    /** What a block turned out to be. */
    public sealed interface Decoded {
        /** A whole file. */
        final class File implements Decoded {
            private final byte[] content;

            File(byte[] content) {
                this.content = content;
            }

            /** The bytes that {@code ipfs cat} prints; the caller's own. */
            public byte[] content() {
                return content;
            }
        }

        /** A file, or a part of one, that goes on in other blocks. */
        final class Tree implements Decoded {
            private final byte[] head;
            private final List<Link> links;

            Tree(byte[] head, List<Link> links) {
                this.head = head;
                this.links = List.copyOf(links);
            }

            /** The bytes in front of those of the first link, mostly none; the caller's own. */
            public byte[] head() {
                return head;
            }

            /** Where the rest is, in order; at least one. */
            public List<Link> links() {
                return links;
            }

            /** Bytes of the file, or of its part, as this block says it; not negative. */
            public long size() {
                return head.length + links.stream().mapToLong(Link::bytes).sum();
            }
        }

        /** Whole and well-formed, but no file: a directory, a symbolic link … */
        record NotAFile(long type) implements Decoded {}

        /** A file that goes on in more blocks than anybody follows, or in one whose id is of no kind that can be verified. */
        record NotFollowed(String reason) implements Decoded {}

        /** Not a dag-pb node with UnixFS data, or one that contradicts itself. */
        record Malformed(String reason) implements Decoded {}
    }

    private UnixFs() {}

    /**
     * The block of this content.
     *
     * @throws IllegalArgumentException when the content is longer than {@link #MAX_CHUNK}
     */
    public static byte[] encode(byte[] content) {
        if (content.length > MAX_CHUNK) {
            throw new IllegalArgumentException(content.length + " bytes do not fit one block of " + MAX_CHUNK);
        }
        int size = varintLength(content.length);
        int data = content.length == 0 ? 0 : 1 + size + content.length;
        int message = 2 + data + 1 + size;
        byte[] block = new byte[1 + varintLength(message) + message];
        int at = putVarint(block, put(block, 0, 0x0A), message);
        at = put(block, put(block, at, 0x08), TYPE_FILE);
        if (content.length > 0) {
            at = putVarint(block, put(block, at, 0x12), content.length);
            System.arraycopy(content, 0, block, at, content.length);
            at += content.length;
        }
        putVarint(block, put(block, at, 0x18), content.length);
        return block;
    }

    /** Whether the block of this content follows from the content and the id's codec: whoever has both can hash it. */
    public static boolean isPlain(Cid cid, byte[] content, byte[] block) {
        return cid.codec() == Cid.Codec.RAW
                || (content.length <= MAX_CHUNK && Arrays.equals(encode(content), block));
    }

    /** The content of a block with this id's codec; whether the id is the block's is not asked here. */
    public static Decoded decode(Cid cid, byte[] block) {
        return cid.codec() == Cid.Codec.RAW ? new Decoded.File(block.clone()) : decode(block);
    }

    /** The content of a dag-pb block. Never throws; needs no more memory than a few times what the block has. */
    public static Decoded decode(byte[] block) {
        ProtoReader node = new ProtoReader(block, 0, block.length);
        int links = 0;
        ProtoReader data = null;
        while (node.next()) {
            if (node.is(NODE_LINK, ProtoReader.BYTES)) {
                links++;
            } else if (node.is(NODE_DATA, ProtoReader.BYTES) && data == null) {
                data = new ProtoReader(block, node.from(), node.to());
            } else {
                return new Decoded.Malformed("not a dag-pb node: unexpected field " + node.field());
            }
        }
        if (node.malformed() != null) {
            return new Decoded.Malformed("not a dag-pb node: " + node.malformed());
        }
        return data == null
                ? new Decoded.Malformed("a dag-pb node without data")
                : decode(block, UnixFsMessage.read(block, data, links), links);
    }

    private static Decoded decode(byte[] block, UnixFsMessage message, int links) {
        if (message.malformed() != null) {
            return new Decoded.Malformed("not UnixFS: " + message.malformed());
        }
        if (!message.isFile()) {
            return new Decoded.NotAFile(message.type());
        }
        return links > 0 ? UnixFsTree.read(block, message, links) : file(block, message);
    }

    private static Decoded file(byte[] block, UnixFsMessage message) {
        int length = message.to() - message.from();
        return message.agreesWith(length)
                ? new Decoded.File(Arrays.copyOfRange(block, message.from(), message.to()))
                : new Decoded.Malformed("file size " + message.size() + ", but " + length + " bytes of data");
    }

    private static int varintLength(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
    }

    private static int put(byte[] target, int at, int value) {
        target[at] = (byte) value;
        return at + 1;
    }

    private static int putVarint(byte[] target, int at, int value) {
        int rest = value;
        int next = at;
        while (rest > 0x7F) {
            target[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        return put(target, next, rest);
    }
}
