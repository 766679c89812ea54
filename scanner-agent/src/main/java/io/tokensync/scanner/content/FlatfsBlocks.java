package io.tokensync.scanner.content;

import java.nio.file.Path;
import java.util.Optional;

import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** The block store of one repository for one scan cycle. A store that fails again and again is left alone until the next. */
final class FlatfsBlocks implements BlockSource {
    private static final int ENOUGH = 10;

    private final Path repository;
    private final Flatfs store;
    private String problem;
    private int failures;

    /**
     * @param repository the {@code .ipfs} directory
     * @param maxBytes longest block that is attached
     */
    FlatfsBlocks(Path repository, int maxBytes) {
        this.repository = repository;
        this.store = new Flatfs(repository, maxBytes);
    }

    @Override
    public Flatfs.Read find(String tokenId) {
        if (!Cid.isV0(tokenId)) {
            return new Flatfs.Read.Absent();
        }
        if (failures >= ENOUGH) {
            return new Flatfs.Read.Unreadable(problem);
        }
        Flatfs.Read read = store.read(Cid.parse(tokenId).orElseThrow());
        if (read instanceof Flatfs.Read.Unreadable(String reason)) {
            failures++;
            problem = reason;
        }
        return read;
    }

    @Override
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem)
                .map(reason -> new Problem(ProblemKind.BLOCKS_UNREADABLE, repository, reason));
    }
}
