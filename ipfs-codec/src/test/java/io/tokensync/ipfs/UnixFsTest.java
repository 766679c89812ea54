package io.tokensync.ipfs;

import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.ipfs.UnixFs.Decoded;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnixFsTest {
    @ParameterizedTest
    @CsvSource({"'',0a0408021800", "00,0a07080212010018 01", "68690a,0a090802120368690a1803"})
    void blocksAreThoseOfIpfs(String content, String block) {
        assertThat(UnixFs.encode(hex(content))).isEqualTo(hex(block.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 117, 118, 127, 128, 16_374, 16_383, 16_384, UnixFs.MAX_CHUNK})
    void contentOfEveryLengthComesBack(int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 0x92);
        assertThat(UnixFs.decode(UnixFs.encode(content)))
                .isInstanceOfSatisfying(Decoded.File.class, file -> assertThat(file.content()).isEqualTo(content));
    }

    @Test
    void moreThanOneChunkIsRejected() {
        assertThatThrownBy(() -> UnixFs.encode(new byte[UnixFs.MAX_CHUNK + 1]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("262145");
    }

    @Test
    void aRawBlockIsItsContent() {
        byte[] block = hex("00ff");
        Cid id = Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA2_256, block));
        assertThat(UnixFs.decode(id, block))
                .isInstanceOfSatisfying(Decoded.File.class, file -> assertThat(file.content()).isEqualTo(block));
    }

    @ParameterizedTest
    @CsvSource({"2003 2004,''", "22020304,''", "120178 2003 2004,78", "1808 120178 2003 2004,78"})
    void aNodeWithLinksIsATree(String message, String head) {
        byte[] left = UnixFs.encode(new byte[3]);
        byte[] right = hex("01020304");
        Cid leftId = Cid.v0(Multihash.of(HashFunction.SHA2_256, left));
        Cid rightId = Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA2_256, right));
        assertThat(UnixFs.decode(node(message, leftId, rightId))).isInstanceOfSatisfying(Decoded.Tree.class, tree -> {
            assertThat(tree.links()).containsExactly(new UnixFs.Link(leftId, 3), new UnixFs.Link(rightId, 4));
            assertThat(tree.head()).isEqualTo(hex(head));
            assertThat(tree.size()).isEqualTo(7 + head.length() / 2);
        });
    }

    @ParameterizedTest
    @CsvSource({"'',sizes of 0 blocks for 2 links", "2003,sizes of 1 blocks", "2003 2004 2005,sizes of 3 blocks",
            "220203ff,sizes of 1 blocks", "1806 2003 2004,file size 6",
            "2003 20ffffffffffffffffff01,more bytes than a file can have",
            "20ffffffffffffffff7f 2001,more bytes than a file can have"})
    void aTreeWhoseSizesContradictEachOtherIsNone(String message, String reason) {
        Cid part = Cid.v0Of(new byte[3]);
        assertThat(UnixFs.decode(node(message, part, part))).isInstanceOfSatisfying(Decoded.Malformed.class,
                malformed -> assertThat(malformed.reason()).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0a00", "0a0411020000", "0a03017100", "0a0401550000", "12020a", "0a7f"})
    void aLinkToWhatCannotBeVerifiedIsNotFollowed(String link) {
        byte[] target = hex(link);
        String node = "12" + HexFormat.of().toHexDigits((byte) target.length) + link + "0a04" + "0802" + "2003";
        assertThat(UnixFs.decode(hex(node))).isInstanceOf(Decoded.NotFollowed.class);
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThat(UnixFs.decode(hex("0a020801"))).isEqualTo(new Decoded.NotAFile(1));
    }

    @Test
    void unknownUnixFsFieldsAreSkipped() {
        assertThat(UnixFs.decode(hex("0a0e" + "0802" + "120161" + "1801" + "388003" + "4001" + "4200")))
                .isInstanceOf(Decoded.File.class);
    }

    @ParameterizedTest
    @CsvSource({"'',without data", "0a020800ff,not a dag-pb", "08 02,unexpected field 1",
            "0a00 0a00,unexpected field 1",
            "1a00,unexpected field 3", "0a00,no type", "0a 05 08 02,a field of 5 bytes where 2 are left",
            "0a ffffffffffffffffff01,a field of 18446744073709551615 bytes",
            "0a ffffffff07,a field of 2147483647 bytes",
            "0a,ends inside a number", "0aff,ends inside a number", "0affffffffffffffffffffff,more than 10 bytes",
            "0b,wire type 3", "02,field number 0", "f8ffffffffffffffff0100,field number",
            "0a06 0802 1201 61 18,not UnixFS", "0a07 0802 120161 1802,file size 2", "0a04 0802 12ff,not UnixFS"})
    void malformedBlocksAreSaidToBe(String block, String reason) {
        assertThat(UnixFs.decode(hex(block.replace(" ", "")))).isInstanceOfSatisfying(Decoded.Malformed.class,
                malformed -> assertThat(malformed.reason()).contains(reason));
    }

    @Test
    void randomBytesNeverThrow() {
        Property.forAll(20_000, gen -> assertThat(UnixFs.decode(Bytes.random(gen, 60))).isNotNull());
    }

    @Test
    void damagedBlocksNeverThrow() {
        Property.forAll(20_000, gen -> {
            byte[] block = UnixFs.encode(Bytes.random(gen, 300));
            for (int i = gen.integer(1, 4); i > 0; i--) {
                block[gen.integer(0, Math.min(block.length - 1, gen.oneOf(8, block.length - 1)))] = any(gen);
            }
            assertThat(UnixFs.decode(Arrays.copyOf(block, gen.integer(0, block.length)))).isNotNull();
        });
    }

    private static byte[] node(String message, Cid... links) {
        StringBuilder node = new StringBuilder();
        for (Cid link : links) {
            byte[] id = link.bytes();
            node.append("12").append(HexFormat.of().toHexDigits((byte) (id.length + 2))).append("0a")
                    .append(HexFormat.of().toHexDigits((byte) id.length)).append(HexFormat.of().formatHex(id));
        }
        String file = "0802" + message.replace(" ", "");
        return hex(node + "0a" + HexFormat.of().toHexDigits((byte) (file.length() / 2)) + file);
    }

    private static byte any(Gen gen) {
        return gen.flag() ? (byte) gen.integer(-128, 127) : gen.<Byte>oneOf((byte) 0xFF, (byte) 0x80, (byte) 0x7F);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
