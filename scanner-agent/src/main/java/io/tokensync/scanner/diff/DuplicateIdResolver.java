package io.tokensync.scanner.diff;

import java.util.HashSet;
import java.util.Set;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.sqlite.TokenReader;

/**
 * Which of a database's rows has an id that several have: the first, in the order of the table scan, that the table can
 * hold. In memory are only ids that repeat in tables without an index, which no known node has.
 */
final class DuplicateIdResolver {
    private final TokenReader rows;
    private final RowMapper mapper = new RowMapper();
    private final Set<String> repeated;
    private final Set<String> taken = new HashSet<>();

    private DuplicateIdResolver(TokenReader rows, Set<String> repeated) {
        this.rows = rows;
        this.repeated = repeated;
    }

    static DuplicateIdResolver of(TokenReader rows) throws DatabaseProblemException, InterruptedException {
        return new DuplicateIdResolver(rows, rows.repeatedIds());
    }

    /** The rejection of a row whose id another one has; null otherwise. */
    Rejection check(RawRow row) throws DatabaseProblemException, InterruptedException {
        boolean metBefore = !taken.isEmpty() && taken.contains(row.id());
        return metBefore || (row.isIdInEarlierTable() && isTakenBefore(row))
                ? new Rejection(RejectionReason.TOKEN_ID_DUPLICATE, "another row of this node has the same id")
                : null;
    }

    /** Notes that the table holds this row. */
    void accepted(RawRow row) {
        if (!repeated.isEmpty() && repeated.contains(row.id())) {
            taken.add(row.id());
        }
    }

    private boolean isTakenBefore(RawRow row) throws DatabaseProblemException, InterruptedException {
        for (RawRow other : rows.find(Set.of(row.id()))) {
            if (other.table().number() >= row.table().number()) {
                return false;
            }
            if (isWritable(other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the table can hold this row; what the table scan rejects, it cannot. */
    private boolean isWritable(RawRow row) {
        return TokenIdValidator.check(row) == null && mapper.map(row) instanceof MappedRow.Accepted;
    }
}
