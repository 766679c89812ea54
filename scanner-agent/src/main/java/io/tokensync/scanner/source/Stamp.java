package io.tokensync.scanner.source;

import java.time.Instant;

/** What tells whether a database has changed, without reading a table of it. */
public interface Stamp {
    /** What to remember of a reading that began at this time; marked while a change might not show in it. */
    String rememberedAt(Instant now);

    /** When the content changed last, as far as that can be known. */
    Instant lastModified();

    /** Whether it is of the same database, changed or not. */
    boolean isOfSameDatabase(Stamp other);
}
