package io.tokensync.scanner.verify;

import java.util.Objects;

import io.tokensync.common.verification.StartedBy;
import io.tokensync.scanner.state.Rounds;
import io.tokensync.scanner.state.VerificationRequest;

/**
 * That the next scan of a node verifies it.
 *
 * @param startedBy why
 * @param repair whether what differs then is to be repaired
 * @param table what the table was found to have: this scan publishes what differs from that
 * @param rounds how repairing goes on
 * @param request what asks for it; null when nobody does
 */
public record VerificationOrder(StartedBy startedBy, boolean repair, TableRows table, Rounds rounds,
        VerificationRequest request) {
    public VerificationOrder {
        Objects.requireNonNull(startedBy, "startedBy");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(rounds, "rounds");
    }

    /** One that repairs what it finds and begins to. */
    static VerificationOrder first(StartedBy startedBy) {
        return new VerificationOrder(startedBy, true, TableRows.UNKNOWN, Rounds.NONE, null);
    }

    static VerificationOrder of(VerificationRequest request) {
        return new VerificationOrder(StartedBy.COMMAND, request.repair(), TableRows.UNKNOWN, Rounds.NONE, request);
    }

    /** A round of repair. */
    static VerificationOrder repair(WholeVerdict verdict, Rounds rounds) {
        return new VerificationOrder(StartedBy.REPAIR, true, verdict.table(), rounds, null);
    }

    /** Whether there is something to repair in this scan. */
    public boolean repairs() {
        return !table.differing().isEmpty();
    }
}
