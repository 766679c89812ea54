package io.tokensync.monitor.web;

import java.util.List;
import java.util.Map;

import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.TokenTable.Holdings;

/**
 * One node: what the monitor knows, and what the table holds.
 *
 * @param databases of this node, each with how it stands
 * @param advice what to do, a sentence for each thing that is not well
 * @param sessions that read it, the latest first
 * @param verification the latest; null when there is none
 * @param holdings rows of it by kind and status; null when the table has no answer
 * @param problem why it has none; null when it has
 */
record NodePage(String sourceIp, String nodeName, List<Fleet.Node> databases, List<String> advice,
        List<SessionTable.Row> sessions, Map<String, Object> verification, Holdings holdings, String problem) {
    private static final int SESSIONS = 20;
    /** Sessions of its machine that are looked through for those that read it. */
    private static final int LOOKED_THROUGH = 200;

    static NodePage of(PageSources sources, NodeName name) {
        List<Fleet.Node> databases = new Fleet(sources).nodes().stream()
                .filter(node -> node.sourceIp().equals(name.sourceIp()) && node.nodeName().equals(name.nodeName()))
                .toList();
        List<SyncSession> sessions = sources.views().sessions().stream()
                .filter(session -> session.sourceIp().equals(name.sourceIp())).limit(LOOKED_THROUGH)
                .filter(session -> sources.views().databases(session.sessionId()).stream()
                        .anyMatch(database -> name.nodeName().equals(database.nodeName())))
                .limit(SESSIONS).toList();
        Map<String, Object> verification = sources.workbench().verifications().get().get(name);
        return new NodePage(name.sourceIp(), name.nodeName(), databases, Advice.of(databases, verification),
                sessions.stream().map(SessionTable::row).toList(), verification, null, null);
    }

    NodePage with(Holdings counted, String why) {
        return new NodePage(sourceIp, nodeName, databases, advice, sessions, verification, counted, why);
    }
}
