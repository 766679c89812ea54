package io.tokensync.enricher.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.ipfs.FlatfsShard;

import static org.assertj.core.api.Assertions.assertThat;

class BlockstoreSourceTest extends ContentSourceContract {
    private static final Sample ONE = Sample.of("one");

    @TempDir
    private Path machine;
    private Path root;
    private Path repository;

    @BeforeEach
    void repository() throws IOException {
        root = Files.createDirectories(machine.resolve("nodes"));
        repository = repository(root.resolve("node1/.ipfs"));
    }

    @Override
    protected ContentSource sourceWith(List<Sample> samples) throws IOException {
        for (Sample sample : samples) {
            store(repository, sample);
        }
        return source();
    }

    @Override
    protected ContentRequest request(Sample sample) {
        return in(repository.toString(), sample);
    }

    @Test
    void aRecordWithoutRepositoryIsNotFound() {
        assertNotFound(ONE.request(), "names no repository");
    }

    @Test
    void aRepositoryElsewhereIsNotLookedInto() throws IOException {
        Path outside = repository(machine.resolve("private/.ipfs"));
        store(outside, ONE);
        assertNotFound(in(outside.toString(), ONE), "enricher.blockstore.roots");
        assertNotFound(in(root + "/../private/.ipfs", ONE), "enricher.blockstore.roots");
        assertNotFound(in(root + "x/.ipfs", ONE), "enricher.blockstore.roots");
    }

    @Test
    void aLinkOutOfTheRootIsNotFollowed() throws IOException {
        Path outside = repository(machine.resolve("private/.ipfs"));
        store(outside, ONE);
        Path link = Files.createSymbolicLink(root.resolve("link"), outside);
        assertNotFound(in(link.toString(), ONE), "enricher.blockstore.roots");
    }

    @Test
    void aRootThatIsALinkIsFollowed() throws IOException {
        store(repository, ONE);
        Path link = Files.createSymbolicLink(machine.resolve("mnt"), root);
        assertThat(new BlockstoreSource(List.of(link), 1_000).find(in(repository.toString(), ONE)))
                .isInstanceOf(Found.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".ipfs", "\u0000", "~/.ipfs", "file:///", "/nowhere/.ipfs"})
    void aPathThatIsNoneIsNotFound(String path) {
        assertNotFound(in(path, ONE), "enricher.blockstore.roots");
    }

    @Test
    void aLargeBlockIsNotRead() throws IOException {
        store(repository, ONE);
        assertThat(new BlockstoreSource(List.of(root), 5).find(request(ONE))).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(ContentFailure.SAID_TOO_LARGE));
    }

    @Test
    void aRepositoryWithoutBlockStoreIsUnavailable() throws IOException {
        Files.delete(repository.resolve("blocks/SHARDING"));
        assertThat(source().find(request(ONE))).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(ContentFailure.UNAVAILABLE);
            assertThat(failed.detail()).contains(repository.toString());
        });
    }

    private void assertNotFound(ContentRequest request, String detail) {
        assertThat(source().find(request)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(ContentFailure.NOT_FOUND);
            assertThat(failed.detail()).contains(detail);
        });
    }

    private BlockstoreSource source() {
        return new BlockstoreSource(List.of(root), 1_000);
    }

    private static ContentRequest in(String ipfsPath, Sample sample) {
        return new ContentRequest(sample.cid(), null, ipfsPath);
    }

    private static Path repository(Path path) throws IOException {
        Files.writeString(Files.createDirectories(path.resolve("blocks")).resolve("SHARDING"),
                FlatfsShard.DEFAULT.text() + "\n");
        return path;
    }

    private static void store(Path repository, Sample sample) throws IOException {
        Path file = Flatfs.blockFile(repository, FlatfsShard.DEFAULT, sample.cid());
        Files.createDirectories(file.getParent());
        Files.write(file, sample.block().bytes());
    }
}
