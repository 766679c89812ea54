package io.tokensync.monitor.view;

import java.util.List;
import java.util.Optional;

import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SyncSession;

/**
 * Questions about the sessions and their stages. Every monitor answers for all of them, whichever monitor reconciles
 * them: the answers come from the results that all monitors share, at most a second or two old. Thread-safe; an answer is
 * a snapshot.
 */
public interface MonitorViews {
    /** Whether the results of earlier runs have been read; before that the answers are incomplete. */
    boolean ready();

    /** How far the answers are true now. */
    default Freshness freshness() {
        return Freshness.known(fleet().asOf());
    }

    /** The whole at a glance. */
    FleetView fleet();

    /** All sessions that are kept, the latest start first. */
    List<SyncSession> sessions();

    /** The session of this id. */
    Optional<SyncSession> session(String sessionId);

    /** The databases of a session, by path; empty when the session is unknown. */
    List<ProcessedDatabase> databases(String sessionId);
}
