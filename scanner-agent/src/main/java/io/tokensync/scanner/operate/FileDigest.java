package io.tokensync.scanner.operate;

import java.util.List;
import java.util.Locale;

/**
 * What a copy of a node's database holds.
 *
 * @param path the copy
 * @param rows how many rows the table would have of it
 * @param rejected how many rows no table can hold
 * @param unreadable names of tables that cannot be read; the digest is one without them
 * @param digest of all rows, in 64 hexadecimal digits
 */
public record FileDigest(String path, long rows, long rejected, List<String> unreadable, String digest) {
    public FileDigest {
        unreadable = List.copyOf(unreadable);
    }

    /** For people. */
    public String describe() {
        return String.format(Locale.ROOT, "%s: %,d rows%s%s, digest %s", path, rows,
                rejected == 0 ? "" : String.format(Locale.ROOT, ", %,d that no table can hold", rejected),
                unreadable.isEmpty() ? "" : ", without " + String.join(", ", unreadable) + ", which cannot be read",
                digest);
    }
}
