package io.tokensync.ipfs;

import java.util.Arrays;
import java.util.Optional;

/** Base58 with Bitcoin's alphabet, five digits at a time. The work grows with the square of the length: callers bound it. */
final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final byte[] DIGITS = digits();
    private static final int BASE = 58;
    private static final int GROUP = 5;
    private static final int[] POWERS = {1, 58, 58 * 58, 58 * 58 * 58, 58 * 58 * 58 * 58, 58 * 58 * 58 * 58 * 58};
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private Base58() {}

    /** The bytes; empty when a character is not in the alphabet. */
    static Optional<byte[]> decode(String text) {
        int[] limbs = new int[text.length() * 6 / Integer.SIZE + 1];
        int used = 0;
        for (int at = 0; at < text.length(); at += GROUP) {
            int end = Math.min(text.length(), at + GROUP);
            int group = group(text, at, end);
            if (group < 0) {
                return Optional.empty();
            }
            used = multiplyAndAdd(limbs, used, POWERS[end - at], group);
        }
        return Optional.of(toBytes(limbs, used, leadingZeros(text)));
    }

    /** Whether every character is in the alphabet. */
    static boolean isBase58(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= DIGITS.length || DIGITS[c] < 0) {
                return false;
            }
        }
        return true;
    }

    static String encode(byte[] bytes) {
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) {
            zeros++;
        }
        int[] limbs = toLimbs(bytes);
        char[] out = new char[zeros + (bytes.length - zeros) * 7 / 5 + GROUP];
        int at = out.length;
        for (int used = limbs.length; used > 0;) {
            long rest = 0;
            for (int i = used - 1; i >= 0; i--) {
                long value = (rest << Integer.SIZE) | (limbs[i] & UNSIGNED);
                limbs[i] = (int) (value / POWERS[GROUP]);
                rest = value % POWERS[GROUP];
            }
            while (used > 0 && limbs[used - 1] == 0) {
                used--;
            }
            at = writeGroup(out, at, (int) rest, used == 0);
        }
        Arrays.fill(out, at - zeros, at, ALPHABET.charAt(0));
        return new String(out, at - zeros, out.length - at + zeros);
    }

    /** Writes five digits, or of the last group those behind its leading zeros, in front of {@code at}. */
    private static int writeGroup(char[] out, int at, int group, boolean last) {
        int rest = group;
        for (int digit = 0; digit < GROUP && !(last && rest == 0); digit++) {
            out[--at] = ALPHABET.charAt(rest % BASE);
            rest /= BASE;
        }
        return at;
    }

    private static int group(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < DIGITS.length ? DIGITS[c] : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * BASE + digit;
        }
        return value;
    }

    private static int multiplyAndAdd(int[] limbs, int used, int factor, int summand) {
        long carry = summand;
        for (int i = 0; i < used; i++) {
            long value = (limbs[i] & UNSIGNED) * factor + carry;
            limbs[i] = (int) value;
            carry = value >>> Integer.SIZE;
        }
        if (carry == 0) {
            return used;
        }
        limbs[used] = (int) carry;
        return used + 1;
    }

    private static int leadingZeros(String text) {
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
            zeros++;
        }
        return zeros;
    }

    private static byte[] toBytes(int[] limbs, int used, int zeros) {
        if (used == 0) {
            return new byte[zeros];
        }
        int top = Integer.BYTES - Integer.numberOfLeadingZeros(limbs[used - 1]) / Byte.SIZE;
        int length = (used - 1) * Integer.BYTES + top;
        byte[] bytes = new byte[zeros + length];
        for (int i = 0; i < length; i++) {
            bytes[bytes.length - 1 - i] = (byte) (limbs[i / Integer.BYTES] >>> (i % Integer.BYTES * Byte.SIZE));
        }
        return bytes;
    }

    private static int[] toLimbs(byte[] bytes) {
        int[] limbs = new int[(bytes.length + Integer.BYTES - 1) / Integer.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            limbs[i / Integer.BYTES] |= (bytes[bytes.length - 1 - i] & 0xFF) << (i % Integer.BYTES * Byte.SIZE);
        }
        int used = limbs.length;
        while (used > 0 && limbs[used - 1] == 0) {
            used--;
        }
        return Arrays.copyOf(limbs, used);
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            digits[ALPHABET.charAt(i)] = (byte) i;
        }
        return digits;
    }
}
