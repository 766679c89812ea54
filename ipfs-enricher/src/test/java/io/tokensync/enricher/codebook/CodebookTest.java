package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenLevels;
import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.ipfs.WholeToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CodebookTest {
    private static final Levels LEVELS = new Levels(75, 78);

    @TempDir
    static Path shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        build(book(), 2);
    }

    @Test
    void everyTokenOfTheLevelsIsFoundWithItsBlock() throws IOException {
        Codebook codebook = Codebook.open(book());
        for (int ordinal = TokenLevels.firstOrdinal(LEVELS.first()); ordinal < TokenLevels.TOKENS; ordinal++) {
            WholeToken token = WholeToken.at(ordinal);
            byte[] block = token.block();
            assertThat(codebook.find(idOf(block))).contains(new Codebook.Entry(token, new IpfsBlock(block)));
        }
    }

    @Test
    void theIdOfTheMainNetsLastTokenIsFound() throws IOException {
        ContentAnswer answer = new CodebookSource(Codebook.open(book()))
                .find(request("QmRbHrbjipGi1D1baHwHr3HQv1PbTgQtc9GNZSNhmhJe9Q"));
        assertThat(answer).isEqualTo(
                new ContentAnswer.Found(new IpfsBlock(new WholeToken(78, 17_601).block()), CodebookSource.NAME,
                        Optional.of(new WholeToken(78, 17_601))));
    }

    @Test
    void otherIdsAreNotFound() throws IOException {
        Codebook codebook = Codebook.open(book());
        for (int number = 0; number < 50_000; number++) {
            assertThat(codebook.find(idOf(new WholeToken(1, number).block()))).isEmpty();
        }
        assertThat(new CodebookSource(codebook).find(request("QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH")))
                .isInstanceOfSatisfying(ContentAnswer.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(ContentFailure.NOT_FOUND));
    }

    @Test
    void anIdOfAnotherCodecOrHashIsNotFound() throws IOException {
        Codebook codebook = Codebook.open(book());
        byte[] block = new WholeToken(78, 0).block();
        assertThat(codebook.find(Cid.v1(Cid.Codec.DAG_PB, Multihash.of(HashFunction.SHA2_256, block)))).isPresent();
        assertThat(codebook.find(Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA2_256, block)))).isEmpty();
        assertThat(codebook.find(Cid.v1(Cid.Codec.DAG_PB, Multihash.of(HashFunction.SHA3_256, block)))).isEmpty();
    }

    @Test
    void theSameLevelsGiveTheSameBytesWhateverTheThreads() throws IOException, InterruptedException {
        build(directory.resolve("again"), 3);
        assertThat(directory.resolve("again")).hasSameBinaryContentAs(book());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 1_000, -1})
    void aCutFileIsRejected(long length) throws IOException {
        Path file = copy();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(length < 0 ? cut.length() + length : length);
        }
        assertRejected(file, length < 64 && length >= 0 ? "no codebook" : "should have");
    }

    @Test
    void aFileWithMoreBehindItIsRejected() throws IOException {
        Path file = copy();
        Files.write(file, new byte[]{0}, StandardOpenOption.APPEND);
        assertRejected(file, "should have");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 12, 16, 20, 60, 63, 64, 100, 20_000, 300_000})
    void aFlippedBitIsNoticed(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(book());
        bytes[at] ^= 4;
        assertRejected(Files.write(directory.resolve("flipped"), bytes), at < 8 ? "no codebook" : "damaged");
    }

    @Test
    void anotherVersionIsRejectedByItsNumber() throws IOException {
        byte[] bytes = Files.readAllBytes(book());
        bytes[8] = 3;
        assertRejected(Files.write(directory.resolve("newer"), bytes), "version 3");
    }

    @Test
    void aCodebookOfTheFormatBeforeIsRejectedByItsNumber() throws IOException {
        byte[] bytes = Files.readAllBytes(book());
        bytes[8] = 1;
        assertRejected(Files.write(directory.resolve("older"), bytes), "version 1");
    }

    @Test
    void aCodebookOfAnotherTableOfCapacitiesIsRejected() throws IOException {
        byte[] bytes = Files.readAllBytes(book());
        bytes[24] ^= 1;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, 60);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(60, (int) checksum.getValue());
        assertRejected(Files.write(directory.resolve("table"), bytes), "another table");
    }

    @Test
    void aRunThatBeginsWithItsShortestLevelHasAllTokensOfTheOthers() throws IOException, InterruptedException {
        Path file = directory.resolve("mixed");
        new CodebookBuild(new Levels(0, 1), file, _ -> {}).run(2);
        Codebook mixed = Codebook.open(file);
        for (WholeToken token : List.of(new WholeToken(0, 56), new WholeToken(1, 0), new WholeToken(1, 5_000_000))) {
            assertThat(mixed.find(idOf(token.block()))).map(Codebook.Entry::token).contains(token);
        }
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        assertRejected(directory.resolve("none"), "does not exist");
    }

    private Path copy() throws IOException {
        return Files.copy(book(), directory.resolve("copy"));
    }

    private static void assertRejected(Path file, String said) {
        assertThatThrownBy(() -> Codebook.open(file)).isInstanceOf(UnusableCodebookException.class)
                .hasMessageContainingAll(file.toString(), said, "codebook build");
    }

    private static ContentRequest request(String id) {
        return new ContentRequest(Cid.parse(id).orElseThrow(), null, null);
    }

    private static Cid idOf(byte[] block) {
        return Cid.v0(Multihash.of(HashFunction.SHA2_256, block));
    }

    private static Path book() {
        return shared.resolve("book");
    }

    private static void build(Path file, int threads) throws IOException, InterruptedException {
        new CodebookBuild(LEVELS, file, _ -> {}).run(threads);
    }
}
