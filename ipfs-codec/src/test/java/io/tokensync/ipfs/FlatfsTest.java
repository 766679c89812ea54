package io.tokensync.ipfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.ipfs.Flatfs.Read;

import static org.assertj.core.api.Assertions.assertThat;

class FlatfsTest {
    private static final byte[] BLOCK = UnixFs.encode("hello world\n".getBytes(StandardCharsets.UTF_8));
    private static final Cid HELLO = Cid.parse("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o").orElseThrow();
    private static final String KEY = "CIQENVCICS44LLYUDQ5KVN6ALXC6QRHK2X4R6EUFRMBB5OSFO2FUYDQ";

    @TempDir
    private Path repository;

    @BeforeEach
    void shard() throws IOException {
        Files.createDirectory(repository.resolve("blocks"));
        shard(FlatfsShard.DEFAULT.text() + "\n");
    }

    @Test
    void theKeyIsThatOfKubo() {
        assertThat(Flatfs.key(HELLO)).isEqualTo(KEY);
    }

    @ParameterizedTest
    @CsvSource({"next-to-last/2,YD", "suffix/3,YDQ", "prefix/4,CIQE", "prefix/1,C",
            "next-to-last/55,_CIQENVCICS44LLYUDQ5KVN6ALXC6QRHK2X4R6EUFRMBB5OSFO2FUYD"})
    void blocksAreFoundWithEveryShardRule(String rule, String directory) throws IOException {
        shard("/repo/flatfs/shard/v1/" + rule);
        write(repository.resolve("blocks").resolve(directory).resolve(KEY + ".data"), BLOCK);
        assertThat(store().read(HELLO)).isInstanceOfSatisfying(Read.Found.class,
                found -> assertThat(found.block().bytes()).isEqualTo(BLOCK));
    }

    @Test
    void whoeverWritesBlocksHasTheSameRule() {
        FlatfsShard shard = FlatfsShard.parse("/repo/flatfs/shard/v1/suffix/3\n").orElseThrow();
        assertThat(shard.text()).isEqualTo("/repo/flatfs/shard/v1/suffix/3");
        assertThat(Flatfs.blockFile(repository, shard, HELLO))
                .isEqualTo(repository.resolve("blocks/YDQ/" + KEY + ".data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/repo/flatfs/shard/v1/next-to-last/0", "/repo/flatfs/shard/v1/next-to-last/99",
            "/repo/flatfs/shard/v2/prefix/2", "/repo/flatfs/shard/v1/../2", "prefix/2"})
    void anUnknownShardRuleIsReportedWithItsPath(String line) throws IOException {
        shard(line);
        assertThat(store().read(HELLO)).isInstanceOfSatisfying(Read.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains(repository.toString(), "SHARDING"));
    }

    @Test
    void aRepositoryWithoutBlockStoreIsReported() throws IOException {
        Files.delete(repository.resolve("blocks/SHARDING"));
        assertThat(store().read(HELLO)).isInstanceOfSatisfying(Read.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains("SHARDING is missing"));
    }

    @Test
    void aStoreThatAppearsLaterIsRead() throws IOException {
        Files.delete(repository.resolve("blocks/SHARDING"));
        Flatfs store = store();
        assertThat(store.read(HELLO)).isInstanceOf(Read.Unreadable.class);
        shard(FlatfsShard.DEFAULT.text());
        assertThat(store.read(HELLO)).isEqualTo(new Read.Absent());
    }

    @Test
    void aMissingBlockIsAbsent() throws IOException {
        assertThat(store().read(HELLO)).isEqualTo(new Read.Absent());
        Files.createDirectory(repository.resolve("blocks/YD"));
        assertThat(store().read(HELLO)).isEqualTo(new Read.Absent());
    }

    @Test
    void aLargeBlockIsNotRead() throws IOException {
        write(Flatfs.blockFile(repository, FlatfsShard.DEFAULT, HELLO), BLOCK);
        assertThat(new Flatfs(repository, BLOCK.length - 1).read(HELLO)).isEqualTo(new Read.TooLarge(BLOCK.length));
        assertThat(new Flatfs(repository, BLOCK.length).read(HELLO)).isInstanceOf(Read.Found.class);
    }

    @Test
    void anEmptyBlockIsABlock() throws IOException {
        write(Flatfs.blockFile(repository, FlatfsShard.DEFAULT, HELLO), new byte[0]);
        assertThat(store().read(HELLO)).isInstanceOf(Read.Found.class);
    }

    @Test
    void oldRepositoriesNameBlocksByTheWholeId() throws IOException {
        Cid raw = Cid.v1(Cid.Codec.RAW, Multihash.of(HashFunction.SHA2_256, BLOCK));
        String oldKey = Base32.upper(raw.bytes());
        write(repository.resolve("blocks").resolve(FlatfsShard.DEFAULT.directory(oldKey)).resolve(oldKey + ".data"),
                BLOCK);
        assertThat(store().read(raw)).isInstanceOf(Read.Found.class);
    }

    @Test
    void linksAndDirectoriesInPlaceOfABlockAreNotOpened() throws IOException {
        Path file = Flatfs.blockFile(repository, FlatfsShard.DEFAULT, HELLO);
        Path secret = Files.write(repository.resolve("secret"), BLOCK);
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, secret);
        assertThat(store().read(HELLO)).isInstanceOfSatisfying(Read.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains(file.toString(), "not a regular file"));
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(store().read(HELLO)).isInstanceOf(Read.Unreadable.class);
    }

    /** Whoever opens a FIFO waits for somebody at its other end. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFifoInPlaceOfABlockIsNotOpened() throws Exception {
        Path file = Flatfs.blockFile(repository, FlatfsShard.DEFAULT, HELLO);
        Files.createDirectories(file.getParent());
        assertThat(new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor()).isZero();
        assertThat(store().read(HELLO)).isInstanceOfSatisfying(Read.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains(file.toString(), "FIFO"));
    }

    private Flatfs store() {
        return new Flatfs(repository, 1_000_000);
    }

    private void shard(String line) throws IOException {
        Files.writeString(repository.resolve("blocks/SHARDING"), line);
    }

    private static void write(Path file, byte[] block) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, block);
    }
}
