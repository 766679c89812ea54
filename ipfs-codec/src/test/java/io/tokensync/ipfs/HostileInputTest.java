package io.tokensync.ipfs;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes and texts that somebody made up: every decoder answers, throws nothing, and takes memory in proportion to them. */
class HostileInputTest {
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** A link of 36 bytes becomes an id with its text and its hash, made through a few buffers. */
    private static final int MEMORY_OF_A_BYTE = 64;
    private static final int MEMORY_OF_A_CALL = 100_000;
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    @Test
    void blocks() {
        Property.forAll(20_000, gen -> {
            byte[] block = mutated(gen, gen.oneOf(corpus(gen)));
            assertBounded(block.length, () -> {
                assertThat(UnixFs.decode(block)).isNotNull();
                assertThat(UnixFs.decode(Cid.v0Of(new byte[1]), block)).isNotNull();
            });
        });
    }

    @Test
    void blocksOfManyLinks() {
        byte[] block = tree(60_000, 0);
        assertBounded(block.length, () -> assertThat(UnixFs.decode(block))
                .isInstanceOf(UnixFs.Decoded.NotFollowed.class));
        byte[] widest = tree(1_024, 0);
        assertBounded(widest.length, () -> assertThat(UnixFs.decode(widest)).isInstanceOf(UnixFs.Decoded.Tree.class));
        byte[] sizes = Arrays.copyOf(widest, widest.length + 500_000);
        assertBounded(sizes.length, () -> assertThat(UnixFs.decode(sizes)).isNotNull());
    }

    @Test
    void sizesWithoutEndAreNotKept() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[]{0x08, 2, 0x22, (byte) 0xC0, (byte) 0x84, 0x3D});
        message.writeBytes(new byte[1_000_000]);
        byte[] block = node(message.toByteArray(), Cid.v0Of(new byte[1]));
        assertBounded(0, () -> assertThat(UnixFs.decode(block)).isInstanceOf(UnixFs.Decoded.Malformed.class));
    }

    @Test
    void idsInBinary() {
        Property.forAll(50_000, gen -> {
            byte[] id = mutated(gen, gen.oneOf(Cid.v0Of(new byte[1]).bytes(),
                    Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA3_256, new byte[1])).bytes(),
                    Bytes.random(gen, 40)));
            assertBounded(id.length, () -> Cid.read(id).ifPresent(cid -> {
                assertThat(cid.bytes()).isEqualTo(id);
                assertThat(Cid.parse(cid.toString())).contains(cid);
            }));
        });
    }

    @Test
    void hashes() {
        Property.forAll(50_000, gen -> {
            byte[] hash = mutated(gen, Multihash.of(HashFunction.SHA2_256, new byte[1]).bytes());
            int from = gen.integer(0, hash.length);
            Multihash.read(hash, from).ifPresent(
                    read -> assertThat(read.bytes()).isEqualTo(Arrays.copyOfRange(hash, from, hash.length)));
        });
    }

    @Test
    void idsAsText() {
        Property.forAll(50_000, gen -> {
            char[] text = gen.oneOf(Cid.v0Of(Bytes.random(gen, 5)).toString(),
                    Cid.v1(Cid.Codec.DAG_PB, Multihash.of(HashFunction.SHA3_256, new byte[1])).toString(),
                    "Qm" + gen.text(BASE58, 60), "b" + gen.text(BASE32, 70), gen.text("\u0000\uD83D\uDCA3 %Qmb", 60))
                    .toCharArray();
            for (int i = gen.integer(0, 3); i > 0 && text.length > 0; i--) {
                text[gen.integer(0, text.length - 1)] = (char) gen.integer(0, gen.oneOf(0x7F, 0xFFFF));
            }
            String id = new String(text);
            assertBounded(id.length(), () -> Cid.parse(id).ifPresent(cid -> assertThat(cid).hasToString(id)));
        });
    }

    @Test
    void bases() {
        Property.forAll(20_000, gen -> {
            String digits = gen.text(BASE58 + (gen.flag() ? "" : "0OIl\u00E9\uFFFF"), 200);
            assertBounded(digits.length(), () -> Base58.decode(digits)
                    .ifPresent(bytes -> assertThat(Base58.encode(bytes)).isEqualTo(digits)));
            String letters = gen.text(BASE32 + (gen.flag() ? "" : "018A=\uFFFF"), 200);
            assertBounded(letters.length(), () -> Base32.decodeLower(letters, 0)
                    .ifPresent(bytes -> assertThat(Base32.lower(bytes)).isEqualTo(letters)));
        });
    }

    /**
     * Runs it, and checks what it took from the heap beside what the assertions in it need; once before, since the first call
     * of all loads classes.
     */
    private static void assertBounded(int length, Runnable decoding) {
        decoding.run();
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        decoding.run();
        assertThat(MEMORY.getCurrentThreadAllocatedBytes() - before)
                .isLessThan(MEMORY_OF_A_CALL + (long) length * MEMORY_OF_A_BYTE);
    }

    private static List<byte[]> corpus(Gen gen) {
        return List.of(UnixFs.encode(Bytes.random(gen, 300)), tree(gen.integer(1, 5), gen.integer(0, 200)),
                Bytes.random(gen, 100), "{\"html\":\"<p>\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] tree(int links, int head) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[]{0x08, 2});
        IntStream.range(0, links).forEach(_ -> message.writeBytes(new byte[]{0x20, 1}));
        if (head > 0) {
            message.write(0x12);
            number(message, head);
            message.writeBytes(new byte[head]);
        }
        return node(message.toByteArray(),
                IntStream.range(0, links).mapToObj(_ -> Cid.v0Of(new byte[1])).toArray(Cid[]::new));
    }

    private static byte[] node(byte[] message, Cid... links) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        for (Cid link : links) {
            byte[] id = link.bytes();
            node.writeBytes(new byte[]{0x12, (byte) (id.length + 2), 0x0A, (byte) id.length});
            node.writeBytes(id);
        }
        node.write(0x0A);
        number(node, message.length);
        node.writeBytes(message);
        return node.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** A few bytes changed, put in or taken away; often those that say how long something is. */
    private static byte[] mutated(Gen gen, byte[] original) {
        byte[] bytes = original.clone();
        for (int i = gen.integer(0, 4); i > 0 && bytes.length > 0; i--) {
            int at = gen.integer(0, gen.flag() ? bytes.length - 1 : Math.min(bytes.length - 1, 12));
            bytes = switch (gen.integer(0, 3)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> joined(Arrays.copyOf(bytes, at), Bytes.random(gen, 12), from(bytes, at));
                case 2 -> joined(Arrays.copyOf(bytes, at), from(bytes, Math.min(bytes.length, at + 1)), new byte[0]);
                default ->
                    changed(bytes, at, gen.oneOf((byte) 0xFF, (byte) 0x80, (byte) 0, (byte) gen.integer(-128, 127)));
            };
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] from(byte[] bytes, int at) {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
