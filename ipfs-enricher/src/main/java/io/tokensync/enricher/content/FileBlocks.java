package io.tokensync.enricher.content;

import java.util.Optional;
import java.util.function.LongSupplier;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.UnixFs;

/** Makes files of verified blocks: mostly of one; of several by asking for the others, in order. */
public final class FileBlocks {
    private final FileBounds bounds;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock for the bound of time, in nanoseconds */
    public FileBlocks(FileBounds bounds, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.nanoTime = nanoTime;
    }

    /** The file, or why there is none, when this block says it all; empty when the file goes on in others. */
    public Optional<FileAnswer> alone(Cid cid, Found root) {
        return switch (UnixFs.decode(cid, root.block().bytes())) {
            case UnixFs.Decoded.File file ->
                Optional.of(new FileAnswer.File(file.content(), root.source(), root.whole(),
                        proof(cid, file.content(), root)));
            case UnixFs.Decoded.Tree tree when tree.size() <= bounds.bytes() -> Optional.empty();
            case UnixFs.Decoded.Tree tree -> Optional.of(new Failed(ContentFailure.TOO_LARGE,
                    "a file of " + tree.size() + " bytes; " + bounds.bytes() + " are read"));
            case UnixFs.Decoded other -> Optional.of(unreadable(other));
        };
    }

    /** What proves this file beside its bytes; null when they hash to the id by themselves. */
    static IpfsBlock proof(Cid cid, byte[] file, Found root) {
        boolean isPlain = root.whole().isPresent() || UnixFs.isPlain(cid, file, root.block().bytes());
        return isPlain ? null : root.block();
    }

    /**
     * The file, also when it goes on in other blocks.
     *
     * @param request the root was found for
     * @param others gives their blocks, verified
     */
    public FileAnswer whole(ContentRequest request, Found root, ContentSource others) throws InterruptedException {
        return new FileWalk(bounds, request, others, nanoTime).from(root);
    }

    /** Why a block that is verified is no part of a file. */
    static Failed unreadable(UnixFs.Decoded block) {
        return switch (block) {
            case UnixFs.Decoded.NotAFile(long type) -> new Failed(ContentFailure.UNDECODABLE,
                    "UnixFS of type " + type + " is no file");
            case UnixFs.Decoded.Malformed(String reason) -> new Failed(ContentFailure.UNDECODABLE, reason);
            case UnixFs.Decoded.NotFollowed(String reason) -> new Failed(ContentFailure.NOT_VERIFIABLE, reason);
            case UnixFs.Decoded.File _,UnixFs.Decoded.Tree _ ->
                throw new IllegalArgumentException("the block can be read");
        };
    }
}
