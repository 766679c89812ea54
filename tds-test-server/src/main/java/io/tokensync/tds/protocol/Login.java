package io.tokensync.tds.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;

/**
 * LOGIN7: who connects, to what, with which wishes (MS-TDS 2.2.6.4).
 *
 * @param packetSize the size the client asks for, in bytes
 * @param password in the clear; never part of {@link #toString()}
 * @param features the numbers of the feature extensions that the client offers
 */
public record Login(int packetSize, String user, String password, String application, String database,
        Set<Integer> features) {
    private static final int PACKET_SIZE = 8;
    private static final int OPTION_FLAGS_3 = 27;
    private static final int HAS_EXTENSION = 0x10;
    private static final int USER = 40;
    private static final int PASSWORD = 44;
    private static final int APPLICATION = 48;
    private static final int EXTENSION = 56;
    private static final int DATABASE = 68;
    private static final int LAST_FEATURE = 0xFF;

    public Login {
        features = Set.copyOf(features);
    }

    public static Login read(MessageInput in) throws IOException {
        Fields fields = new Fields(in.readRemaining());
        return new Login(fields.integer(PACKET_SIZE), fields.text(USER), fields.secret(PASSWORD),
                fields.text(APPLICATION),
                fields.text(DATABASE), fields.features());
    }

    @Override
    public String toString() {
        return "Login[user=" + user + ", application=" + application + ", database=" + database + "]";
    }

    /** The fixed part holds offsets and lengths of the texts that follow it. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Fields(byte[] bytes) {
        int at(int index) throws MalformedMessageException {
            if (index < 0 || index >= bytes.length) {
                throw new MalformedMessageException("a LOGIN7 field points outside its message");
            }
            return bytes[index] & 0xFF;
        }

        int number(int index) throws MalformedMessageException {
            return at(index) | at(index + 1) << 8;
        }

        int integer(int index) throws MalformedMessageException {
            return number(index) | number(index + 2) << 16;
        }

        byte[] slice(int field) throws MalformedMessageException {
            int from = number(field);
            int to = from + 2 * number(field + 2);
            if (to > bytes.length) {
                throw new MalformedMessageException("a LOGIN7 field points outside its message");
            }
            return from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
        }

        String text(int field) throws MalformedMessageException {
            return new String(slice(field), StandardCharsets.UTF_16LE);
        }

        /** Undoes the exclusive-or with A5 and the swap of nibbles that hide a password from a casual look. */
        String secret(int field) throws MalformedMessageException {
            byte[] hidden = slice(field);
            for (int i = 0; i < hidden.length; i++) {
                int swapped = (hidden[i] ^ 0xA5) & 0xFF;
                hidden[i] = (byte) (swapped << 4 | swapped >>> 4);
            }
            return new String(hidden, StandardCharsets.UTF_16LE);
        }

        Set<Integer> features() throws MalformedMessageException {
            Set<Integer> offered = new HashSet<>();
            if ((at(OPTION_FLAGS_3) & HAS_EXTENSION) != 0) {
                int at = integer(number(EXTENSION));
                while (at(at) != LAST_FEATURE) {
                    offered.add(at(at));
                    at += 5 + Math.max(0, integer(at + 1));
                }
            }
            return offered;
        }
    }
}
