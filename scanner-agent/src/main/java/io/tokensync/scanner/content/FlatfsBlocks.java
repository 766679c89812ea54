package io.tokensync.scanner.content;

import java.nio.file.Path;
import java.util.Optional;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.ipfs.Flatfs;
import io.tokensync.common.model.IpfsBlock;

/** The block store of one repository for one pass. A store that fails again and again is left alone until the next. */
public final class FlatfsBlocks implements BlockSource {
    private static final int ENOUGH = 10;

    private final Flatfs store;
    private String problem;
    private int failures;

    /**
     * @param repository the {@code .ipfs} directory
     * @param maxBytes longest block that is attached
     */
    public FlatfsBlocks(Path repository, int maxBytes) {
        this.store = new Flatfs(repository, maxBytes);
    }

    @Override
    public IpfsBlock find(Cid cid) {
        if (failures >= ENOUGH) {
            return null;
        }
        return switch (store.read(cid)) {
            case Flatfs.Read.Found(IpfsBlock block) -> block;
            case Flatfs.Read.Absent _,Flatfs.Read.TooLarge _ -> null;
            case Flatfs.Read.Unreadable(String reason) -> {
                failures++;
                problem = reason;
                yield null;
            }
        };
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
