package io.tokensync.ipfs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CidTest {
    private static final String HELLO = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o";
    private static final String DID = "bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6u";
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"\"\",QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH",
            "\"hello world\n\"," + HELLO,
            "TRI 0 " + DID + ",QmeVzkYngV4otTyEdDHNCK4bZS8PJzwRDToWgECTkmL3Rf"})
    void contentHasTheIdThatIpfsGivesIt(String content, String id) {
        assertThat(Cid.v0Of(utf8(content))).hasToString(id);
        assertThat(Cid.parse(id)).contains(Cid.v0Of(utf8(content)));
    }

    @ParameterizedTest
    @CsvSource({"1,0,QmUeBM2pNTbyYZ4LrsCNHb3hUTpBwYgW7XHrmJucy9cKvy",
            "1,4999999,QmejHUwsQBYAz1M3aqEQ6oz12Z3pKeuw82b1As7EgAHkiY",
            "2,0,Qmeus8SJcAbXiDjaoUXoRNde5wxj4xZJ94zHgq1k3afBcf",
            "4,1000000,QmT1apmFC1qaDqCZWTVjRXZBhah4NXkKqW1NNyiPhMEUDY",
            "78,17601,QmRbHrbjipGi1D1baHwHr3HQv1PbTgQtc9GNZSNhmhJe9Q"})
    void wholeTokensHaveTheIdsOfTheNode(int level, int number, String id) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf8(Integer.toString(number)));
        String content = String.format("%03d", level) + HexFormat.of().formatHex(hash);
        assertThat(Cid.v0Of(utf8(content))).hasToString(id);
    }

    @Test
    void theQuickLookAgreesWithTheDecoder() {
        String lowest = Cid.v0(Multihash.read(HexFormat.of().parseHex("1220" + "00".repeat(32)), 0).orElseThrow())
                .toString();
        String highest = Cid.v0(Multihash.read(HexFormat.of().parseHex("1220" + "ff".repeat(32)), 0).orElseThrow())
                .toString();
        Property.forAll(2_000, gen -> {
            StringBuilder text = new StringBuilder(gen.oneOf(lowest, highest, HELLO));
            for (int changes = gen.integer(0, 3); changes > 0; changes--) {
                char other = gen.percent(10) ? (char) gen.integer(0, 400) : BASE58.charAt(gen.integer(0, 57));
                text.setCharAt(gen.flag() ? text.length() - 1 : gen.integer(0, text.length() - 1), other);
            }
            String id = gen.percent(5) ? text + "1" : text.toString();
            assertThat(Cid.isV0(id)).as(id).isEqualTo(Cid.parse(id).filter(cid -> cid.version() == 0).isPresent());
        });
        assertThat(Cid.isV0(null)).isFalse();
        assertThat(Cid.isV0(DID)).isFalse();
    }

    @Test
    void aDidIsAVersionOneOfSha3() {
        Cid did = Cid.parse(DID).orElseThrow();
        assertThat(did.version()).isEqualTo(1);
        assertThat(did.codec()).isEqualTo(Cid.Codec.DAG_PB);
        assertThat(did.multihash().function()).isEqualTo(HashFunction.SHA3_256);
        assertThat(did).hasToString(DID);
    }

    @Test
    void anEmptyRawBlockHasItsWellKnownId() {
        Cid id = Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA2_256, new byte[0]));
        assertThat(id).hasToString("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
        assertThat(id.hashes(new byte[0])).isTrue();
        assertThat(id.hashes(new byte[1])).isFalse();
    }

    @Test
    void aBlockIsCheckedAgainstItsId() {
        Cid id = Cid.parse(HELLO).orElseThrow();
        byte[] block = UnixFs.encode(utf8("hello world\n"));
        assertThat(id.hashes(block)).isTrue();
        block[block.length - 1]++;
        assertThat(id.hashes(block)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Qm", "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5", HELLO + "o", " " + HELLO,
            HELLO + "\n",
            "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff50", "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5l",
            "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5é", "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5Ā",
            "Qn" + "T78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o", "Qm11111111111111111111111111111111111111111111",
            "Qmzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "1111111111111111111111111111111111111111111111",
            "BAFYBMIBEUD2C4UCGEW6M5TTTJ7ZNEOSPLM4EIKLWG4MIGDIMDWMEZKZI6U",
            "bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6v",
            "bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi61",
            "baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "b7777777777777777777777777777777777777777777777777777777777",
            "'; DROP TABLE TokenRecords; -- aaaaaaaaaaaaaaaa"})
    void everythingElseIsNoId(String text) {
        assertThat(Cid.parse(text)).isEmpty();
    }

    @Test
    void longTextIsRejectedWithoutWork() {
        assertThat(Cid.parse("Qm" + "z".repeat(10_000_000))).isEmpty();
    }

    @Test
    void everyIdSurvivesItsText() {
        Property.forAll(500, gen -> {
            byte[] data = Bytes.random(gen, 100);
            Cid v0 = Cid.v0(Multihash.of(HashFunction.SHA2_256, data));
            Cid v1 = Cid.v1(gen.oneOf(Cid.Codec.values()), Multihash.of(gen.oneOf(HashFunction.values()), data));
            for (Cid id : new Cid[]{v0, v1}) {
                Cid read = Cid.parse(id.toString()).orElseThrow();
                assertThat(read).isEqualTo(id).hasSameHashCodeAs(id);
                assertThat(read.bytes()).isEqualTo(id.bytes());
                assertThat(read.hashes(data)).isTrue();
            }
        });
    }

    @Test
    void anyTextIsAnIdWithThatTextOrNone() {
        Property.forAll(2_000, gen -> {
            String v0 = "Qm" + exactly(gen.text(BASE58, 44), 44, BASE58);
            String v1 = gen.oneOf("b", "bafybmi", "bafkrei") + exactly(gen.text(BASE32, 58), 58, BASE32);
            Cid.parse(v0).ifPresent(id -> assertThat(Base58.encode(id.bytes())).isEqualTo(v0));
            String cut = v1.substring(0, Cid.V1_LENGTH);
            Cid.parse(cut).ifPresent(id -> assertThat("b" + Base32.lower(id.bytes())).isEqualTo(cut));
        });
    }

    @Test
    void base58IsTheNumberInBase58() {
        Property.forAll(1_000, gen -> {
            byte[] bytes = Bytes.random(gen, 60);
            String text = Base58.encode(bytes);
            assertThat(text).isEqualTo(slowBase58(bytes));
            assertThat(Base58.decode(text)).hasValueSatisfying(back -> assertThat(back).isEqualTo(bytes));
        });
    }

    @Test
    void versionZeroIsSha2Alone() {
        Multihash sha3 = Multihash.of(HashFunction.SHA3_256, new byte[0]);
        assertThatThrownBy(() -> Cid.v0(sha3)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Debian's ipfs-cid, when it is there. */
    @Test
    void anIndependentProgramGivesTheSameIds(@TempDir Path directory) throws Exception {
        assumeTrue(isInstalled(), "not compared with an independent program: install Debian's ipfs-cid to do so");
        for (int length : new int[]{1, 64, 70, 127, 128, 20_000, UnixFs.MAX_CHUNK}) {
            byte[] content = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
            Path file = Files.write(directory.resolve("content"), content);
            Process program = new ProcessBuilder("ipfs_cid", file.toString()).redirectErrorStream(true).start();
            String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(printed).as("%d bytes", length).contains(Cid.v0Of(content).toString());
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("sh", "-c", "command -v ipfs_cid").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String exactly(String text, int length, String alphabet) {
        return (text + String.valueOf(alphabet.charAt(7)).repeat(length)).substring(0, length);
    }

    private static String slowBase58(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (BigInteger n = new BigInteger(1, bytes); n.signum() > 0; n = n.divide(BigInteger.valueOf(58))) {
            text.append(BASE58.charAt(n.mod(BigInteger.valueOf(58)).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.append('1');
        }
        return text.reverse().toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
