package io.tokensync.enricher.rubix;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the CBOR (RFC 8949) of RAC blocks: {@code Map<String, Object>}, {@code List}, {@code String}, {@code byte[]},
 * {@code Long}, {@code Double}, {@code Boolean}, null. What the node does not write (tags, lengths without end, keys twice,
 * deep nesting) is rejected. No length is believed before that many bytes are there.
 */
final class CborReader {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int SIMPLE = 7;

    private static final int FALSE = 20;
    private static final int TRUE = 21;
    private static final int NULL = 22;
    private static final int HALF = 25;
    private static final int FLOAT = 26;
    private static final int DOUBLE = 27;

    private static final int INFO_MASK = 31;
    private static final int IN_PLACE = 24;
    private static final int DEEPEST = 8;

    private final ByteBuffer bytes;

    private CborReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** The bytes are not CBOR that a node writes. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    /** The one item that the bytes hold. */
    static Object read(byte[] bytes) throws MalformedException {
        CborReader reader = new CborReader(bytes);
        Object item = reader.item(0);
        if (reader.bytes.hasRemaining()) {
            throw new MalformedException("more than one item");
        }
        return item;
    }

    private Object item(int depth) throws MalformedException {
        if (depth > DEEPEST) {
            throw new MalformedException("nested too deep");
        }
        need(1);
        int first = Byte.toUnsignedInt(bytes.get());
        int info = first & INFO_MASK;
        return switch (first >>> 5) {
            case UNSIGNED -> argument(info);
            case NEGATIVE -> -1 - argument(info);
            case BYTES -> take(argument(info));
            case TEXT -> text(take(argument(info)));
            case ARRAY -> array(argument(info), depth);
            case MAP -> map(argument(info), depth);
            case SIMPLE -> simple(info);
            default -> throw new MalformedException("a tag");
        };
    }

    private long argument(int info) throws MalformedException {
        if (info < IN_PLACE) {
            return info;
        }
        if (info > DOUBLE) {
            throw new MalformedException("a length without end");
        }
        long argument = unsigned(1 << (info - IN_PLACE));
        if (argument < 0) {
            throw new MalformedException("a number of more than 63 bits");
        }
        return argument;
    }

    private Object simple(int info) throws MalformedException {
        return switch (info) {
            case FALSE -> false;
            case TRUE -> true;
            case NULL -> null;
            case HALF -> (double) Float.float16ToFloat((short) unsigned(Short.BYTES));
            case FLOAT -> (double) Float.intBitsToFloat((int) unsigned(Float.BYTES));
            case DOUBLE -> Double.longBitsToDouble(unsigned(Double.BYTES));
            default -> throw new MalformedException("simple value " + info);
        };
    }

    private List<Object> array(long length, int depth) throws MalformedException {
        need(length);
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            items.add(item(depth + 1));
        }
        return items;
    }

    private Map<String, Object> map(long length, int depth) throws MalformedException {
        need(length);
        Map<String, Object> map = new HashMap<>();
        for (long i = 0; i < length; i++) {
            Object key = item(depth + 1);
            if (!(key instanceof String || key instanceof Long) || map.containsKey(key.toString())) {
                throw new MalformedException("a key that is no text or number, or is there twice");
            }
            map.put(key.toString(), item(depth + 1));
        }
        return map;
    }

    private long unsigned(int length) throws MalformedException {
        need(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | Byte.toUnsignedLong(bytes.get());
        }
        return value;
    }

    private byte[] take(long length) throws MalformedException {
        need(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    private static String text(byte[] utf8) throws MalformedException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            return text.toString();
        } catch (CharacterCodingException _) {
            throw new MalformedException("text that is not UTF-8");
        }
    }

    private void need(long length) throws MalformedException {
        if (length > bytes.remaining()) {
            throw new MalformedException("ends too early");
        }
    }
}
