package io.tokensync.scanner.batch;

import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.state.Damage;
import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.TrackedDatabase;

/** Repairs the state of one database that was found damaged, and says what follows from that. */
public final class StateRepair {
    private static final Logger log = LoggerFactory.getLogger(StateRepair.class);

    private StateRepair() {}

    /** Repairs it; the problem is for the operator, because a scan cycle cannot go on with this database. */
    public static Problem of(DatabaseStore store, DamagedRowsException e) {
        TrackedDatabase known = store.tracked();
        Damage damage = store.repair();
        log.atError().setMessage("what the agent remembers of one database was damaged; what could not be read is put"
                + " aside in the table 'damaged' of the state, and every row of this database is read and published again."
                + " Rows that vanished from the node and whose state was damaged stay in the table until the node is"
                + " verified, which is due now").addKeyValue("node", known.nodeName()).addKeyValue("path", known.path())
                .addKeyValue("state", damage.file().toString()).addKeyValue("pieces", damage.pieces())
                .addKeyValue("cause", e.getMessage()).log();
        return new Problem(ProblemKind.STATE_DAMAGED, Path.of(known.path()), "what the agent's state " + damage.file()
                + " remembers of its rows was damaged in " + damage.pieces()
                + " places, which are quarantined in its table 'damaged'; all rows are read and published again now");
    }
}
