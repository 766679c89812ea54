package io.tokensync.scanner.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.tokensync.common.time.Sleeper;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.scanner.diff.RowDiff;
import io.tokensync.scanner.diff.RowHash;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.sqlite.DatabaseOpener;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.scanner.verify.DigestedRows;
import io.tokensync.scanner.verify.TableRows;
import io.tokensync.scanner.watch.Watchdog;

/**
 * What a copy of a node's database holds, by the agent's own reading code: an agent that takes up all statuses and verifies a
 * node that holds the same tells the same digest.
 *
 * @param path the copy
 * @param rows how many rows the table would have of it
 * @param rejected how many rows no table can hold
 * @param unreadable names of tables that cannot be read; the digest is one without them
 * @param digest of all rows, in 64 hexadecimal digits
 */
record FileDigest(String path, long rows, long rejected, List<String> unreadable, String digest) {
    FileDigest {
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Reads the copy and leaves nothing beside it.
     *
     * @throws IOException when there is no room for what is needed meanwhile
     * @throws DatabaseProblemException when it cannot be read
     */
    static FileDigest of(Path file, Clock clock, Sleeper sleeper)
            throws IOException, DatabaseProblemException, InterruptedException {
        Path scratch = Files.createTempDirectory("tokensync-verify");
        Path absolute = file.toAbsolutePath().normalize();
        ReadingConfig config = ReadingConfig.DEFAULT;
        try (StateDirectory directory = StateDirectory.take(scratch.resolve("state"), clock);
                StateStore state = directory.open();
                Watchdog watchdog = new Watchdog("verify-file", config.databaseTimeout(), clock)) {
            watchdog.begin();
            DatabaseOpener opener = new DatabaseOpener(config, scratch.resolve("copy"), new DatabaseWatch(watchdog),
                    clock, sleeper);
            try (TokenRows rows = opener.open(absolute)) {
                return read(absolute, rows, state.database("file", absolute.toString()));
            }
        } finally {
            remove(scratch);
        }
    }

    private static FileDigest read(Path file, TokenRows rows, DatabaseStore nothing)
            throws DatabaseProblemException, InterruptedException {
        RowCounts counts = new RowCounts();
        DigestedRows digested = DigestedRows.comparedWith(TableRows.UNKNOWN);
        RowDiff diff = new RowDiff(rows, nothing, new RowHash(), StatusFilter.ALL, counts, digested);
        while (diff.next() != null) {
            // Each row is new, and adds itself.
        }
        BucketSums sums = digested.sums();
        return new FileDigest(file.toString(), sums.rows(), counts.read() - sums.rows(),
                rows.leftOut().stream().map(Object::toString).sorted().toList(), sums.digest());
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** For people. */
    String describe() {
        return String.format(Locale.ROOT, "%s: %,d rows%s%s, digest %s", path, rows,
                rejected == 0 ? "" : String.format(Locale.ROOT, ", %,d that no table can hold", rejected),
                unreadable.isEmpty() ? "" : ", without " + String.join(", ", unreadable) + ", which cannot be read",
                digest);
    }
}
