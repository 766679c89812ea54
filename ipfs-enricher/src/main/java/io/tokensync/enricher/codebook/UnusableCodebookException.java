package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.nio.file.Path;

/** A file is no codebook, or no longer the one that was built. The message names it, says what is wrong and what to do. */
public final class UnusableCodebookException extends IOException {
    UnusableCodebookException(Path file, String problem) {
        super("codebook " + file + " " + problem + "; build it with: tokensync codebook build --out " + file);
    }
}
