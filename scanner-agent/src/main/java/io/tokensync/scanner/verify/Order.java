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
public record Order(StartedBy startedBy, boolean repair, TableRows table, Rounds rounds, VerificationRequest request) {
    public Order {
        Objects.requireNonNull(startedBy, "startedBy");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(rounds, "rounds");
    }

    /** One that repairs what it finds and begins to. */
    static Order first(StartedBy startedBy) {
        return new Order(startedBy, true, TableRows.UNKNOWN, Rounds.NONE, null);
    }

    static Order of(VerificationRequest request) {
        return new Order(StartedBy.COMMAND, request.repair(), TableRows.UNKNOWN, Rounds.NONE, request);
    }

    /** A round of repair. */
    static Order repair(Verdict verdict, Rounds rounds) {
        return new Order(StartedBy.REPAIR, true, verdict.table(), rounds, null);
    }

    /** Whether there is something to repair in this scan. */
    public boolean repairs() {
        return !table.differing().isEmpty();
    }
}
