package io.tokensync.enricher.content;

import java.util.Objects;
import java.util.Optional;

import io.tokensync.enricher.rubix.WholeToken;

/** What is known of the file of an id: the file itself, or why there is none ({@link ContentAnswer.Failed}). */
public sealed interface FileAnswer permits FileAnswer.File, ContentAnswer.Failed {
    /** All of its bytes, each of them in a block that was verified. */
    final class File implements FileAnswer {
        private final byte[] content;
        private final String source;
        private final Optional<WholeToken> whole;

        /**
         * @param content is not copied; nobody may change it
         * @param source where its blocks were found, as in {@code ipfs_source}
         */
        public File(byte[] content, String source) {
            this(content, source, Optional.empty());
        }

        /** @param whole the whole token whose content it is, where that is known already */
        File(byte[] content, String source, Optional<WholeToken> whole) {
            this.content = Objects.requireNonNull(content, "content");
            this.source = Objects.requireNonNull(source, "source");
            this.whole = whole;
        }

        /** The bytes themselves. */
        public byte[] content() {
            return content;
        }

        /** The whole token whose content it is, where that is known already. */
        Optional<WholeToken> whole() {
            return whole;
        }

        /** Where they were found. */
        public String source() {
            return source;
        }
    }
}
