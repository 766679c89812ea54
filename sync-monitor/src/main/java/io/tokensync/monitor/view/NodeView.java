package io.tokensync.monitor.view;

import java.time.Instant;

import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StandingProblem;

/**
 * One node's database, whichever sessions are kept.
 *
 * @param sourceIp its machine
 * @param nodeName its name
 * @param dbPath its database
 * @param sessionId the last session in which rows of it moved, which may not be kept any longer; null when there is none
 * @param status how that stands
 * @param lastRead when it was last read to its end; null while it is read for the first time
 * @param lastChange when rows of it were last published; null when none were
 * @param rows rows that it had when it was last read
 * @param rejected rows of these that could not be published as they are
 * @param inFlight published and not accounted for, in all sessions
 * @param problem what stands in the way of reading it now; null when nothing does
 */
public record NodeView(String sourceIp, String nodeName, String dbPath, String sessionId, SessionStatus status,
        Instant lastRead, Instant lastChange, long rows, long rejected, InFlightCounts inFlight,
        StandingProblem problem) {}
