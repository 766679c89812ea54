package io.tokensync.ipfs;

import java.util.ArrayList;
import java.util.List;

/** The protobuf message inside a dag-pb node that says what the node is a part of. */
final class UnixFsMessage {
    private static final int TYPE = 1;
    private static final int DATA = 2;
    private static final int FILE_SIZE = 3;
    private static final int BLOCK_SIZES = 4;
    private static final int RAW = 0;
    private static final int FILE = 2;
    private static final long UNSAID = -1;

    private final byte[] block;
    private final int mostSizes;
    private final List<Long> blockSizes = new ArrayList<>();
    private long type = UNSAID;
    private long size = UNSAID;
    private int from;
    private int to;
    private String malformed;

    private UnixFsMessage(byte[] block, int mostSizes) {
        this.block = block;
        this.mostSizes = mostSizes;
    }

    /**
     * Reads the message; never throws.
     *
     * @param message stands before the first field
     * @param links of the node around it: more sizes than that are not kept
     */
    static UnixFsMessage read(byte[] block, ProtoReader message, int links) {
        UnixFsMessage read = new UnixFsMessage(block, links);
        while (message.next()) {
            read.take(message);
        }
        if (message.malformed() != null) {
            read.malformed = message.malformed();
        } else if (read.type == UNSAID) {
            read.malformed = "no type";
        }
        return read;
    }

    /** What is wrong with it, or null. */
    String malformed() {
        return malformed;
    }

    long type() {
        return type;
    }

    boolean isFile() {
        return type == FILE || type == RAW;
    }

    /** Where its own bytes of the file start in the block. */
    int from() {
        return from;
    }

    /** Where its own bytes of the file end in the block. */
    int to() {
        return to;
    }

    /** Bytes of the file below each link, in order; one more than the links are told when there are too many. */
    List<Long> blockSizes() {
        return blockSizes;
    }

    /** Whether the size that it says, if it says one, is this one. */
    boolean agreesWith(long bytes) {
        return size == UNSAID || size == bytes;
    }

    /** The size of the whole file, as it says it: unsigned. */
    String size() {
        return Long.toUnsignedString(size);
    }

    private void take(ProtoReader field) {
        if (field.is(TYPE, ProtoReader.VARINT)) {
            type = field.number();
        } else if (field.is(DATA, ProtoReader.BYTES)) {
            from = field.from();
            to = field.to();
        } else if (field.is(FILE_SIZE, ProtoReader.VARINT)) {
            size = field.number();
        } else if (field.is(BLOCK_SIZES, ProtoReader.VARINT)) {
            takeSize(field.number());
        } else if (field.is(BLOCK_SIZES, ProtoReader.BYTES)) {
            ProtoReader.Packed packed = new ProtoReader.Packed(block, field.from(), field.to());
            while (packed.next()) {
                takeSize(packed.number());
            }
        }
    }

    private void takeSize(long bytes) {
        if (blockSizes.size() <= mostSizes) {
            blockSizes.add(bytes);
        }
    }
}
