package io.tokensync.scanner.state.sqlite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.KnownKey;

/** Keys as one value of the state: how many, then the table's number as a byte and the id as Java's modified UTF-8. */
final class KeyList {
    private static final int BYTES_PER_KEY = 50;

    private KeyList() {}

    static byte[] write(List<KnownKey> keys) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(keys.size() * BYTES_PER_KEY);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(keys.size());
            for (KnownKey key : keys) {
                out.writeByte(key.table());
                write(out, key.tokenId());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** As {@link DataOutputStream#writeUTF} does, which looks at every character. */
    private static void write(DataOutputStream out, String id) throws IOException {
        byte[] ascii = id.getBytes(StandardCharsets.UTF_8);
        if (ascii.length == id.length()) {
            out.writeShort(ascii.length);
            out.write(ascii);
        } else {
            out.writeUTF(id);
        }
    }

    static List<KnownKey> read(byte[] bytes) {
        List<KnownKey> keys = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int rest = in.readInt(); rest > 0; rest--) {
                int table = in.readByte();
                keys.add(new KnownKey(in.readUTF(), table));
            }
            return keys;
        } catch (IOException e) {
            throw new CorruptStateException("the agent's state has an intent that cannot be read", e);
        }
    }
}
