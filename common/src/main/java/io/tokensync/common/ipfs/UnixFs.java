package io.tokensync.common.ipfs;

import java.util.Arrays;

/**
 * A small file as IPFS stores it: a UnixFS message (type, data, size) inside a dag-pb node, all in one block. This is what
 * {@code ipfs add} without options makes of a file of up to one chunk, and the form of every Rubix token.
 */
public final class UnixFs {
    /** Bytes of content in one block with the default chunker. */
    public static final int MAX_CHUNK = 262_144;

    private static final int NODE_DATA = 1;
    private static final int NODE_LINK = 2;
    private static final int FILE_TYPE = 1;
    private static final int FILE_DATA = 2;
    private static final int FILE_SIZE = 3;
    private static final int TYPE_RAW = 0;
    private static final int TYPE_FILE = 2;

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

        /** The root of a file or directory of several blocks. */
        record Tree(int links) implements Decoded {}

        /** Whole and well-formed, but no file: a directory, a symbolic link … */
        record NotAFile(long type) implements Decoded {}

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

    /** The content of a block with this id's codec; whether the id is the block's is not asked here. */
    public static Decoded decode(Cid cid, byte[] block) {
        return cid.codec() == Cid.Codec.RAW ? new Decoded.File(block.clone()) : decode(block);
    }

    /** The content of a dag-pb block. Never throws; needs no more memory than the block has. */
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
        return data == null ? new Decoded.Malformed("a dag-pb node without data") : decode(block, data, links);
    }

    private static Decoded decode(byte[] block, ProtoReader data, int links) {
        long type = -1;
        long size = -1;
        int from = 0;
        int to = 0;
        while (data.next()) {
            if (data.is(FILE_TYPE, ProtoReader.VARINT)) {
                type = data.number();
            } else if (data.is(FILE_DATA, ProtoReader.BYTES)) {
                from = data.from();
                to = data.to();
            } else if (data.is(FILE_SIZE, ProtoReader.VARINT)) {
                size = data.number();
            }
        }
        if (data.malformed() != null) {
            return new Decoded.Malformed("not UnixFS: " + data.malformed());
        }
        if (type != TYPE_FILE && type != TYPE_RAW) {
            return type == -1 ? new Decoded.Malformed("not UnixFS: no type") : new Decoded.NotAFile(type);
        }
        return links > 0 ? new Decoded.Tree(links) : file(block, from, to, size);
    }

    private static Decoded file(byte[] block, int from, int to, long size) {
        if (size != -1 && size != to - from) {
            return new Decoded.Malformed("file size " + size + ", but " + (to - from) + " bytes of data");
        }
        return new Decoded.File(Arrays.copyOfRange(block, from, to));
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
