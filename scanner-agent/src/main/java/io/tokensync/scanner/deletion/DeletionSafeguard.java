package io.tokensync.scanner.deletion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tokensync.scanner.diff.RowDiff;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.TrackedDatabase;
import io.tokensync.scanner.state.TrackedDatabase.Held;

/** When a table scan is over: which of the rows that it has not met are believed to be gone, and which are deferred. */
public final class DeletionSafeguard {
    private final DeletionRules rules;
    private final TrackedDatabase known;
    private final RowDiff diff;
    private final MissingRows missing;
    private final MovedRows moved;
    private final RowCounts counts;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Deletions that are deferred.
     *
     * @param missing which
     * @param rows how many
     * @param onlyEarlier whether all are of tables that the node had before it changed its database, so that reading it
     *        again says no more
     */
    public record DeferredDeletions(Held missing, long rows, boolean onlyEarlier) {
        public static final DeferredDeletions NOTHING = new DeferredDeletions(Held.NONE, 0, true);
    }

    /**
     * @param missing the rows that the table scan has not met
     * @param moved finds those that are elsewhere
     * @param counts notified of what is deferred
     */
    public DeletionSafeguard(DeletionRules rules, TrackedDatabase known, RowDiff diff, MissingRows missing,
            MovedRows moved, RowCounts counts) {
        this.rules = rules;
        this.known = known;
        this.diff = diff;
        this.missing = missing;
        this.moved = moved;
        this.counts = counts;
    }

    /** What the operator should know, when it is over. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Publishes the deletions, or defers them; returns what is deferred. */
    public DeferredDeletions publish(Deletions deletions) throws DatabaseProblemException, InterruptedException {
        if (missing.isEmpty()) {
            return DeferredDeletions.NOTHING;
        }
        List<TokenTable> suspect = suspect();
        if (!suspect.isEmpty() && held(suspect).scans() == 1) {
            // Not looked for in the scan before. Many rows that have moved may look as if they had vanished.
            resolveMoved(suspect);
            suspect = suspect();
        }
        Held held = suspect.isEmpty() ? Held.NONE : held(suspect);
        if (rules.isConfirmed(known, held, diff.tables().containsAll(suspect))) {
            suspect.clear();
            held = Held.NONE;
        }
        for (TokenTable table : suspect) {
            counts.held(missing.count(table));
            Problem problem = problem(table);
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }
        diff.leftOut().forEach(table -> counts.held(missing.count(table)));
        deletions.publish(numbers(Stream.concat(suspect.stream(), diff.leftOut().stream())), moved,
                diff.leftOut().isEmpty());
        return new DeferredDeletions(held, suspect.stream().mapToLong(missing::count).sum(),
                diff.tables().stream().noneMatch(suspect::contains));
    }

    /**
     * Publishes the rows of these tables that are elsewhere, and counts the others again. A table scan that is broken off
     * leaves both places of a row that has moved in the state, and the next table scan then meets it in the new one and
     * misses it in the old one.
     */
    private void resolveMoved(List<TokenTable> tables) throws DatabaseProblemException, InterruptedException {
        moved.publishAll(numbers(tables.stream()));
        missing.recount();
    }

    private Held held(List<TokenTable> suspect) {
        return rules.held(known, missing.fingerprint(suspect));
    }

    /** Tables that have lost more than is believed at once; not those that were not read and so have lost nothing. */
    private List<TokenTable> suspect() {
        List<TokenTable> suspect = new ArrayList<>();
        for (TokenTable table : TokenTable.values()) {
            boolean doubted = diff.tables().contains(table)
                    ? rules.doubts(known, missing.count(table), published(table))
                    : rules.doubtsEarlier(known, missing.count(table));
            if (!diff.leftOut().contains(table) && doubted) {
                suspect.add(table);
            }
        }
        return suspect;
    }

    /** Published rows of a table before the table scan; those that were found elsewhere, where most are known too, but once. */
    private long published(TokenTable table) {
        return diff.published(table.number()) - missing.moved(table);
    }

    private Problem problem(TokenTable table) {
        if (!diff.tables().contains(table)) {
            return deferredEarlier(Path.of(known.path()));
        }
        return new Problem(ProblemKind.DELETES_DEFERRED, Path.of(known.path()),
                missing.count(table) + " of " + published(table) + " published rows of " + table.tableName()
                        + " are missing at once, as in a backup that was restored; they stay in the table");
    }

    /** That rows which a node had before it changed its database stay in the table until somebody confirms their deletion. */
    public static Problem deferredEarlier(Path database) {
        return new Problem(ProblemKind.DELETES_DEFERRED, database,
                "rows that its node had before it changed its database are still in the table");
    }

    private static Set<Integer> numbers(Stream<TokenTable> tables) {
        return tables.map(TokenTable::number).collect(Collectors.toSet());
    }
}
