package io.tokensync.enricher.content;

import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.ipfs.WholeToken;

/** What is known of the file of an id: the file itself, or why there is none ({@link ContentAnswer.Failed}). */
public sealed interface FileAnswer permits FileAnswer.File, ContentAnswer.Failed {
    /** All of its bytes, each of them in a block that was verified. */
    final class File implements FileAnswer {
        private final byte[] content;
        private final String source;
        private final Optional<WholeToken> whole;
        private final IpfsBlock proof;

        /**
         * @param content is not copied; nobody may change it
         * @param source where its blocks were found, as in {@code ipfs_source}
         */
        public File(byte[] content, String source) {
            this(content, source, Optional.empty(), null);
        }

        /**
         * @param whole the whole token whose content it is, where that is known already
         * @param proof the block of the id where the content alone does not hash to it; else null
         */
        File(byte[] content, String source, Optional<WholeToken> whole, IpfsBlock proof) {
            this.content = Objects.requireNonNull(content, "content");
            this.source = Objects.requireNonNull(source, "source");
            this.whole = whole;
            this.proof = proof;
        }

        /** The bytes themselves. */
        public byte[] content() {
            return content;
        }

        /** The whole token whose content it is, where that is known already. */
        Optional<WholeToken> whole() {
            return whole;
        }

        /** The block of the id where the content alone does not hash to it; else null. */
        public IpfsBlock proof() {
            return proof;
        }

        /** Where they were found. */
        public String source() {
            return source;
        }
    }
}
