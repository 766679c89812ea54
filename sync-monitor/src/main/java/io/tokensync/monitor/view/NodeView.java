package io.tokensync.monitor.view;

import java.time.Instant;

import io.tokensync.common.session.OnTheWay;
import io.tokensync.common.session.SessionStatus;

/**
 * One node's database, by the latest session that read it.
 *
 * @param sourceIp its machine
 * @param nodeName its name
 * @param dbPath its database
 * @param sessionId the session that read it last
 * @param status how that stands
 * @param lastRead when its last scan was over; null while it is read for the first time
 * @param rows rows that it had then
 * @param onTheWay published and not accounted for
 */
public record NodeView(String sourceIp, String nodeName, String dbPath, String sessionId, SessionStatus status,
        Instant lastRead, long rows, OnTheWay onTheWay) {}
