package io.tokensync.enricher.handler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.FileAnswer;
import io.tokensync.enricher.handler.ContentLookup.AtHand;
import io.tokensync.ipfs.Cid;

/**
 * Finds out the content of the rows of a batch, in two steps: what is at hand row by row, so that a row is done while the
 * processor still has it near; the rest by searches side by side.
 */
public final class RowContents {
    private static final ContentAnswer.Failed NOT_A_CID = new ContentAnswer.Failed(ContentFailure.NOT_A_CID,
            "the token id is neither a CIDv0 nor a CIDv1 of sha2-256 or sha3-256");

    private final ContentLookup lookup;
    private final ContentReader reader;

    public RowContents(ContentLookup lookup, ContentReader reader) {
        this.lookup = lookup;
        this.reader = reader;
    }

    /** What is known of a row's content now. */
    sealed interface Outcome {
        /**
         * Verified and read.
         *
         * @param proof the block of the id where the content alone does not hash to it; else null
         */
        record Found(Content.Fetched content, IpfsBlock proof) implements Outcome {}

        /**
         * Not found.
         *
         * @param mayCome whether asking again can help
         */
        record Missing(ContentAnswer.Failed failure, boolean mayCome) implements Outcome {}
    }

    /**
     * The outcome of a row whose content is at hand, or is never going to be found.
     *
     * @param open gets the search of a row that has none yet, for {@link #search}
     */
    Optional<Outcome> atHand(TokenRecord row, List<AtHand.Search> open) throws InterruptedException {
        Optional<Cid> cid = Cid.parse(row.key().tokenId());
        if (cid.isEmpty()) {
            return Optional.of(missing(NOT_A_CID));
        }
        return switch (lookup.atHand(ContentRequest.of(cid.get(), row))) {
            case AtHand.Known(var answer) -> Optional.of(outcome(answer));
            case AtHand.Search search -> {
                open.add(search);
                yield Optional.empty();
            }
        };
    }

    /**
     * What the searches find, in order. Takes no longer than twice the longest wait of a row.
     *
     * @param searching is called before the first search that is to be waited for
     */
    List<Outcome> search(List<AtHand.Search> open, Runnable searching) throws InterruptedException {
        return lookup.find(open, searching).stream().map(this::outcome).toList();
    }

    /** One outcome a row, in order: both steps for all of them. */
    List<Outcome> of(List<TokenRecord> rows, Runnable searching) throws InterruptedException {
        List<AtHand.Search> open = new ArrayList<>();
        List<Optional<Outcome>> known = new ArrayList<>(rows.size());
        for (TokenRecord row : rows) {
            known.add(atHand(row, open));
        }
        Iterator<Outcome> found = search(open, searching).iterator();
        return known.stream().map(outcome -> outcome.orElseGet(found::next)).toList();
    }

    private Outcome outcome(FileAnswer answer) {
        return switch (answer) {
            case ContentAnswer.Failed failed -> missing(failed);
            case FileAnswer.File file -> switch (reader.read(file)) {
                case ContentReader.Reading.Rejected(var failed) -> missing(failed);
                case ContentReader.Reading.Kept(var content) -> new Outcome.Found(content, file.proof());
            };
        };
    }

    private Outcome missing(ContentAnswer.Failed failure) {
        return new Outcome.Missing(failure, lookup.hasSources() && !failure.reason().isFinal());
    }
}
