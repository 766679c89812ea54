package io.tokensync.scanner.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.tokensync.common.model.TokenRow;
import io.tokensync.common.time.Sleeper;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.scanner.diff.RowChange;
import io.tokensync.scanner.diff.RowDiff;
import io.tokensync.scanner.diff.RowHash;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.sqlite.DatabaseOpener;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.scanner.verify.DigestedRows;
import io.tokensync.scanner.verify.TableRows;
import io.tokensync.scanner.watch.Watchdog;

/**
 * A copy of a node's database, by the agent's own reading code: an agent that takes up all statuses and verifies a node that
 * holds the same tells the same digest. Each call reads the whole copy once and leaves nothing beside it.
 */
public final class NodeCopy {
    private final Path file;
    private final Clock clock;
    private final Sleeper sleeper;

    /** @param file the copy; with its -wal beside it when there is one */
    public NodeCopy(Path file, Clock clock, Sleeper sleeper) {
        this.file = file.toAbsolutePath().normalize();
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * What a copy holds.
     *
     * @param digest for people
     * @param sums of its rows, in {@link BucketSums#FINEST} buckets
     */
    public record Contents(FileDigest digest, BucketSums sums) {}

    /** Is given rows. */
    @FunctionalInterface
    public interface RowTaker {
        /** A row that the table would have of the copy. */
        void take(String tokenId, TokenRow row);
    }

    /**
     * Sums its rows up.
     *
     * @throws IOException when there is no room for what is needed meanwhile
     * @throws DatabaseProblemException when it cannot be read
     */
    public Contents contents() throws IOException, DatabaseProblemException, InterruptedException {
        RowCounts counts = new RowCounts();
        DigestedRows digested = DigestedRows.comparedWith(TableRows.UNKNOWN);
        List<String> leftOut = read(counts, digested, (_, _) -> {});
        BucketSums sums = digested.sums();
        return new Contents(new FileDigest(file.toString(), sums.rows(), counts.read() - sums.rows(), leftOut,
                sums.digest()), sums);
    }

    /**
     * Gives the rows in these of {@link BucketSums#FINEST} buckets.
     *
     * @throws IOException when there is no room for what is needed meanwhile
     * @throws DatabaseProblemException when it cannot be read
     */
    public void rows(BitSet chosen, RowTaker taker)
            throws IOException, DatabaseProblemException, InterruptedException {
        List<String> _ = read(new RowCounts(), DigestedRows.none(), (tokenId, row) -> {
            if (chosen.get(BucketSums.bucket(tokenId, BucketSums.FINEST))) {
                taker.take(tokenId, row);
            }
        });
    }

    /** Returns the names of tables that cannot be read. */
    private List<String> read(RowCounts counts, DigestedRows digested, RowTaker taker)
            throws IOException, DatabaseProblemException, InterruptedException {
        Path scratch = Files.createTempDirectory("tokensync-verify");
        ReadingConfig config = ReadingConfig.DEFAULT;
        try (StateDirectory directory = StateDirectory.take(scratch.resolve("state"), clock);
                StateStore state = directory.open();
                Watchdog watchdog = new Watchdog("verify-file", config.databaseTimeout(), clock)) {
            watchdog.begin();
            DatabaseOpener opener = new DatabaseOpener(config, scratch.resolve("copy"), new DatabaseWatch(watchdog),
                    clock, sleeper);
            try (TokenRows rows = opener.open(file)) {
                give(new RowDiff(rows, state.database("file", file.toString()), new RowHash(), StatusFilter.ALL, counts,
                        digested), taker);
                return rows.leftOut().stream().map(Object::toString).sorted().toList();
            }
        } finally {
            remove(scratch);
        }
    }

    /** Each row that the table can hold is new to an agent that knows none. */
    private static void give(RowDiff diff, RowTaker taker) throws DatabaseProblemException, InterruptedException {
        for (RowChange change = diff.next(); change != null; change = diff.next()) {
            if (change instanceof RowChange.Changed changed) {
                taker.take(changed.raw().id(), changed.row());
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
