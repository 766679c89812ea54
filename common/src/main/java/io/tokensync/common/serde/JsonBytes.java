package io.tokensync.common.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes flat JSON straight into bytes of UTF-8: by hand, because this is most of the processor time of a scan that
 * publishes, and the record's strings are nearly all plain ASCII. Its text is what a JSON library would write, to the byte.
 * Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD. Not for several threads.
 */
final class JsonBytes {
    private static final int USUAL_SIZE = 1024;
    /** Most bytes that a char takes: a backslash, a {@code u} and four digits. */
    private static final int LONGEST = 6;
    /** Characters for which there is room before the next look. */
    private static final int STRETCH = 1024;
    /** Up to this length it pays to try whether a text is plain: reading bytes is much cheaper than reading characters. */
    private static final int SHORT = 256;
    private static final int ASCII = 0x80;
    private static final int TWO_BYTES = 0x800;
    private static final int SIX_BITS = 0x3F;
    private static final char REPLACEMENT = '\uFFFD';
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** By ASCII character: 0 for itself, 'u' for a number in hexadecimal, else what follows the backslash. */
    private static final byte[] ESCAPES = escapes();

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = LOW_BITS << 7;

    private byte[] bytes = new byte[USUAL_SIZE];
    private int at;

    /** Begins anew. */
    void clear() {
        at = 0;
    }

    /** How much is written. */
    int length() {
        return at;
    }

    /** What is written from here on. */
    byte[] from(int start) {
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** Bytes as they are. */
    JsonBytes raw(byte[] ready) {
        reserve(ready.length);
        System.arraycopy(ready, 0, bytes, at, ready.length);
        at += ready.length;
        return this;
    }

    /** A character of ASCII as it is. */
    JsonBytes raw(char ascii) {
        reserve(1);
        bytes[at++] = (byte) ascii;
        return this;
    }

    /** The name of a field, with the comma before it unless it is the first. */
    JsonBytes name(Name name) {
        if (bytes[at - 1] != '{') {
            raw(',');
        }
        return raw(name.json);
    }

    /** The name of a field of plain ASCII, as it is written. */
    static final class Name {
        private final byte[] json;

        Name(String plain) {
            this.json = ('"' + plain + "\":").getBytes(StandardCharsets.US_ASCII);
        }
    }

    JsonBytes number(long value) {
        String digits = Long.toString(value);
        reserve(digits.length());
        ascii(digits);
        return this;
    }

    JsonBytes string(String text) {
        raw('"');
        int next = text.length() <= SHORT && plain(text) ? text.length() : 0;
        while (next < text.length()) {
            reserve(LONGEST * STRETCH + LONGEST);
            next = stretch(text, next, Math.min(text.length(), next + STRETCH));
        }
        return raw('"');
    }

    /** As Base64. */
    JsonBytes binary(byte[] data) {
        return raw('"').raw(Base64.getEncoder().encode(data)).raw('"');
    }

    /** Writes a text in which nothing is to be escaped, and returns whether it was one. */
    private boolean plain(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!isPlain(utf8)) {
            return false;
        }
        raw(utf8);
        return true;
    }

    /** Whether all is ASCII that stands for itself, eight bytes at a time. Half a pair has become a question mark. */
    private static boolean isPlain(byte[] utf8) {
        int i = 0;
        for (; i <= utf8.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(utf8, i);
            if (((word | lowerThan(word, ' ') | has(word, '"') | has(word, '\\') | has(word, '?')) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < utf8.length; i++) {
            if (utf8[i] < 0 || ESCAPES[utf8[i]] != 0 || utf8[i] == '?') {
                return false;
            }
        }
        return true;
    }

    /** Sets the high bit of a byte that is lower, where no byte has one; perhaps of others too, but never of none. */
    private static long lowerThan(long word, int limit) {
        return word - LOW_BITS * limit;
    }

    private static long has(long word, int ascii) {
        return (word ^ LOW_BITS * ascii) - LOW_BITS;
    }

    /**
     * Writes characters for which there is room; returns where it ended, which may be one further for the second half of a
     * pair.
     */
    private int stretch(String text, int from, int to) {
        byte[] out = bytes;
        int end = at;
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (c < ASCII && ESCAPES[c] == 0) {
                out[end++] = (byte) c;
                i++;
            } else {
                at = end;
                i += c < ASCII ? escape(c) : beyondAscii(text, i);
                end = at;
            }
        }
        at = end;
        return i;
    }

    private int escape(char c) {
        bytes[at++] = '\\';
        bytes[at++] = ESCAPES[c];
        if (ESCAPES[c] == 'u') {
            bytes[at++] = '0';
            bytes[at++] = '0';
            bytes[at++] = HEX[c >> 4];
            bytes[at++] = HEX[c & 0xF];
        }
        return 1;
    }

    /** Writes the code point that begins here, and returns how many chars it is. */
    private int beyondAscii(String text, int i) {
        int point = text.codePointAt(i);
        int chars = Character.charCount(point);
        if (point <= Character.MAX_VALUE && Character.isSurrogate((char) point)) {
            point = REPLACEMENT;
        }
        if (point < TWO_BYTES) {
            bytes[at++] = (byte) (0xC0 | (point >> 6));
        } else if (chars == 1) {
            bytes[at++] = (byte) (0xE0 | (point >> 12));
            bytes[at++] = tail(point >> 6);
        } else {
            bytes[at++] = (byte) (0xF0 | (point >> 18));
            bytes[at++] = tail(point >> 12);
            bytes[at++] = tail(point >> 6);
        }
        bytes[at++] = tail(point);
        return chars;
    }

    private static byte tail(int bits) {
        return (byte) (ASCII | (bits & SIX_BITS));
    }

    private void ascii(String plain) {
        for (int i = 0; i < plain.length(); i++) {
            bytes[at++] = (byte) plain.charAt(i);
        }
    }

    private void reserve(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
        }
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[ASCII];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        String escaped = "\b\t\n\f\r\"\\";
        byte[] letters = "btnfr\"\\".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < letters.length; i++) {
            escapes[escaped.charAt(i)] = letters[i];
        }
        return escapes;
    }
}
