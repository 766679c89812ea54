package io.tokensync.enricher.content;

import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.ipfs.WholeToken;

/** What a source says to a request. */
public sealed interface ContentAnswer {
    /**
     * The block. Behind {@link VerifyingSource} it is the block of the id, before it a claim.
     *
     * @param block what the id hashes, or should
     * @param source where it was found, as in {@code ipfs_source}
     * @param whole the whole token whose block it is, where the source has made the block from it
     */
    record Found(IpfsBlock block, String source, Optional<WholeToken> whole) implements ContentAnswer {
        public Found {
            Objects.requireNonNull(block, "block");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(whole, "whole");
        }

        /** A block that only its bytes tell about. */
        public Found(IpfsBlock block, String source) {
            this(block, source, Optional.empty());
        }
    }

    /**
     * No block.
     *
     * @param reason for metrics and the choice among several
     * @param detail for people: who said so and what; no secrets
     */
    record Failed(ContentFailure reason, String detail) implements ContentAnswer, FileAnswer {
        public Failed {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }

        /** The more telling of two failures; of equal ones the later. */
        public Failed or(Failed later) {
            return reason.compareTo(later.reason) < 0 ? this : later;
        }
    }
}
