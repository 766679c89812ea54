package io.tokensync.ipfs;

import java.util.Optional;

/** Base32 of RFC 4648 without padding: upper case in flatfs keys, lower case in the text of a CIDv1. */
final class Base32 {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;
    private static final int MASK = 31;

    private Base32() {}

    static String upper(byte[] bytes) {
        return encode(bytes, UPPER);
    }

    static String lower(byte[] bytes) {
        return encode(bytes, LOWER);
    }

    /**
     * The bytes of lower-case text from {@code from} on; empty when a character is not in the alphabet, or when the bits
     * behind the last whole byte are not zero (another text would mean the same bytes).
     */
    static Optional<byte[]> decodeLower(String text, int from) {
        byte[] out = new byte[(text.length() - from) * BITS / Byte.SIZE];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            buffer = (buffer << BITS) | digit;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                out[at++] = (byte) (buffer >>> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return bits < BITS && buffer == 0 ? Optional.of(out) : Optional.empty();
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
    }

    private static String encode(byte[] bytes, String alphabet) {
        char[] out = new char[(bytes.length * Byte.SIZE + BITS - 1) / BITS];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (byte b : bytes) {
            buffer = (buffer << Byte.SIZE) | (b & 0xFF);
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                out[at++] = alphabet.charAt((buffer >>> bits) & MASK);
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            out[at] = alphabet.charAt((buffer << (BITS - bits)) & MASK);
        }
        return new String(out);
    }
}
