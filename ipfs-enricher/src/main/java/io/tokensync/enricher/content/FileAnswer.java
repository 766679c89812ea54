package io.tokensync.enricher.content;

import java.util.Objects;

/** What is known of the file of an id: the file itself, or why there is none ({@link ContentAnswer.Failed}). */
public sealed interface FileAnswer permits FileAnswer.File, ContentAnswer.Failed {
    /** All of its bytes, each of them in a block that was verified. */
    final class File implements FileAnswer {
        private final byte[] content;
        private final String source;

        /**
         * @param content is not copied; nobody may change it
         * @param source where its blocks were found, as in {@code ipfs_source}
         */
        public File(byte[] content, String source) {
            this.content = Objects.requireNonNull(content, "content");
            this.source = Objects.requireNonNull(source, "source");
        }

        /** The bytes themselves. */
        public byte[] content() {
            return content;
        }

        /** Where they were found. */
        public String source() {
            return source;
        }
    }
}
