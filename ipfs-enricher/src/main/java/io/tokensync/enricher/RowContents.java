package io.tokensync.enricher;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.FileAnswer;

/** Finds out the content of the rows of a batch: the searches run side by side, and what they find is read. */
final class RowContents {
    private static final ContentAnswer.Failed NOT_A_CID = new ContentAnswer.Failed(ContentFailure.NOT_A_CID,
            "the token id is neither a CIDv0 nor a CIDv1 of sha2-256 or sha3-256");

    private final ContentLookup lookup;
    private final ContentReader reader;

    RowContents(ContentLookup lookup, ContentReader reader) {
        this.lookup = lookup;
        this.reader = reader;
    }

    /** What is known of a row's content now. */
    sealed interface Outcome {
        /** Verified and read. */
        record Found(Content.Fetched content) implements Outcome {}

        /**
         * Not found.
         *
         * @param mayCome whether asking again can help
         */
        record Missing(ContentAnswer.Failed failure, boolean mayCome) implements Outcome {}
    }

    /**
     * One outcome a row, in order. Takes no longer than twice the longest wait of a row.
     *
     * @param searching is called before the first search that is to be waited for
     */
    List<Outcome> of(List<TokenRecord> rows, Runnable searching) throws InterruptedException {
        List<Optional<Cid>> cids = rows.stream().map(row -> Cid.parse(row.key().tokenId())).toList();
        List<ContentRequest> requests = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            TokenRecord row = rows.get(i);
            cids.get(i).ifPresent(cid -> requests.add(ContentRequest.of(cid, row)));
        }
        Iterator<CompletableFuture<FileAnswer>> answers = lookup.find(requests, searching).iterator();
        List<Outcome> outcomes = new ArrayList<>(rows.size());
        for (Optional<Cid> cid : cids) {
            outcomes.add(cid.isPresent() ? outcome(await(answers.next())) : missing(NOT_A_CID));
        }
        return outcomes;
    }

    private static FileAnswer await(CompletableFuture<FileAnswer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a content source failed in a way it should not", e.getCause());
        }
    }

    private Outcome outcome(FileAnswer answer) {
        return switch (answer) {
            case ContentAnswer.Failed failed -> missing(failed);
            case FileAnswer.File file -> switch (reader.read(file)) {
                case ContentReader.Reading.Refused(var failed) -> missing(failed);
                case ContentReader.Reading.Kept(var content) -> new Outcome.Found(content);
            };
        };
    }

    private Outcome missing(ContentAnswer.Failed failure) {
        return new Outcome.Missing(failure, lookup.hasSources() && !failure.reason().isFinal());
    }
}
