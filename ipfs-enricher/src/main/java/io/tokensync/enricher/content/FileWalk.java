package io.tokensync.enricher.content;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.UnixFs;

/** One walk through the blocks of a file, from the first byte to the last; it ends at the first block that is none of it. */
final class FileWalk {
    private static final String BETWEEN_SOURCES = "+";

    private final FileBounds bounds;
    private final ContentRequest request;
    private final ContentSource others;
    private final LongSupplier nanoTime;
    private final long start;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Set<String> sources = new LinkedHashSet<>();
    private int blocks = 1;

    FileWalk(FileBounds bounds, ContentRequest request, ContentSource others, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.request = request;
        this.others = others;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** The walk has met a block that ends it; how is the answer. */
    private static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failed answer;

        EndedException(ContentFailure reason, String detail) {
            super(detail, null, false, false);
            this.answer = new Failed(reason, detail);
        }
    }

    FileAnswer from(Found root) throws InterruptedException {
        try {
            add(request.cid(), root, 1);
            byte[] file = content.toByteArray();
            return new FileAnswer.File(file, String.join(BETWEEN_SOURCES, sources), Optional.empty(),
                    FileBlocks.proof(request.cid(), file, root));
        } catch (EndedException e) {
            return e.answer;
        }
    }

    private void add(Cid cid, Found found, int depth) throws EndedException, InterruptedException {
        sources.add(found.source());
        switch (UnixFs.decode(cid, found.block().bytes())) {
            case UnixFs.Decoded.File file -> add(file.content());
            case UnixFs.Decoded.Tree tree -> follow(tree, depth);
            case UnixFs.Decoded other -> {
                Failed reason = FileBlocks.unreadable(other);
                throw new EndedException(reason.reason(), place(cid) + reason.detail());
            }
        }
    }

    private void follow(UnixFs.Decoded.Tree tree, int depth) throws EndedException, InterruptedException {
        require(tree.size() <= bounds.bytes() - content.size(), ContentFailure.TOO_LARGE,
                "a file of more than " + bounds.bytes() + " bytes");
        require(depth < bounds.depth(), ContentFailure.NOT_VERIFIABLE,
                "a file of blocks below blocks, more than " + bounds.depth() + " deep");
        blocks += tree.links().size();
        require(blocks <= bounds.blocks(), ContentFailure.NOT_VERIFIABLE,
                "a file of more than " + bounds.blocks() + " blocks");
        add(tree.head());
        for (UnixFs.Link link : tree.links()) {
            int before = content.size();
            add(link.cid(), fetch(link.cid()), depth + 1);
            require(content.size() - before == link.bytes(), ContentFailure.UNDECODABLE, place(link.cid()) + "has "
                    + (content.size() - before) + " bytes where the block above says " + link.bytes());
        }
    }

    private void add(byte[] bytes) throws EndedException {
        require(bytes.length <= bounds.bytes() - content.size(), ContentFailure.TOO_LARGE,
                "a file of more than " + bounds.bytes() + " bytes");
        content.writeBytes(bytes);
    }

    private Found fetch(Cid cid) throws EndedException, InterruptedException {
        require(nanoTime.getAsLong() - start < bounds.time().toNanos(), ContentFailure.TIMEOUT,
                "not all blocks of the file within " + bounds.time().toSeconds() + " s");
        return switch (others.find(request.forPart(cid))) {
            case Found found -> found;
            case Failed(var reason, var detail) -> throw new EndedException(reason, place(cid) + detail);
        };
    }

    private static void require(boolean holds, ContentFailure reason, String detail) throws EndedException {
        if (!holds) {
            throw new EndedException(reason, detail);
        }
    }

    private String place(Cid cid) {
        return cid.equals(request.cid()) ? "" : "block " + cid + " of the file: ";
    }
}
