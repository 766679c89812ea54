package io.tokensync.enricher.rubix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

import io.tokensync.common.model.TokenLevels;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.WholeToken;

/**
 * Finds the number whose hash stands in a whole token's content, by an index of all five million hashes: 22 MB, made when it is
 * first needed, in half a second of one core.
 */
final class TokenNumbers {
    private TokenNumbers() {}

    /** Made at the first use. */
    private static final class Holder {
        private static final OrdinalIndex INDEX = OrdinalIndex.of(leadingBits());
    }

    /** The number with this hash, if it is the number of a token of any level. */
    static OptionalInt find(byte[] hash) {
        return Holder.INDEX.find(ByteBuffer.wrap(hash).getLong(),
                number -> Arrays.equals(WholeToken.hash(number), hash));
    }

    /** The first 32 bits of the hash of each number. */
    private static int[] leadingBits() {
        int[] leading = new int[TokenLevels.mostNumbers()];
        Digits digits = new Digits();
        byte[] hash = new byte[HashFunction.LENGTH];
        ByteBuffer view = ByteBuffer.wrap(hash);
        for (int number = 0; number < leading.length; number++) {
            HashFunction.SHA2_256.digest(digits.ascii, digits.length, hash);
            leading[number] = view.getInt(0);
            digits.next();
        }
        return leading;
    }

    /** Counts from 0 in decimal digits, without making a text of each number. */
    private static final class Digits {
        private byte[] ascii = {'0', 0, 0, 0, 0, 0, 0, 0, 0, 0};
        private int length = 1;

        void next() {
            int last = length - 1;
            while (last >= 0 && ascii[last] == '9') {
                ascii[last--] = '0';
            }
            if (last >= 0) {
                ascii[last]++;
            } else { // nothing but nines
                byte[] more = ("1" + "0".repeat(length)).getBytes(StandardCharsets.US_ASCII);
                length = more.length;
                ascii = Arrays.copyOf(more, ascii.length);
            }
        }
    }
}
