package io.tokensync.monitor.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.deadletter.DeadLetterView;
import io.tokensync.monitor.table.Found;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.TableException;
import io.tokensync.monitor.table.TokenTable;
import io.tokensync.monitor.web.Exports.RowSource;

/** The lists that can be had as files, by name. */
final class ExportLists {
    private static final int PAGE = 500;

    private final PageSources sources;
    private final TableApi table;

    ExportLists(PageSources sources) {
        this.sources = sources;
        this.table = new TableApi(sources);
    }

    Optional<RowSource> find(String list, Map<String, String> query) throws TableException {
        return switch (list) {
            case "search" -> Optional.of(search(SearchRequest.of(query, sources.views())));
            case "nodes" -> Optional.of(all(NodeTable.all(new Fleet(sources), Slice.of(query)).stream()
                    .map(ExportLists::node).toList()));
            case "sessions" -> Optional.of(all(SessionTable.all(sources.views().sessions(), Slice.of(query)).stream()
                    .map(ExportLists::session).toList()));
            case "dead-letters" ->
                Optional.of(all(DeadLetterTable.all(sources.workbench().deadLetters(), query).stream()
                        .map(ExportLists::deadLetter).toList()));
            case "findings" -> Optional.of(all(findings(Parameters.of(query, Set.of("kind")).required("kind"))));
            case "history" -> Optional.of(all(token(query).history().orElse(List.of())));
            case "parts" -> Optional.of(all(token(query).parts()));
            default -> Optional.empty();
        };
    }

    private static RowSource all(List<Map<String, Object>> rows) {
        return sink -> sink.take(rows);
    }

    /** The first page is asked for before anything is sent: what is wrong is said in place of a file. */
    private RowSource search(SearchRequest request) throws TableException {
        Found first = table.page(request, request.after(), PAGE);
        return sink -> {
            sink.take(first.rows());
            Optional<Place> next = first.next();
            while (next.isPresent()) {
                Found page = table.page(request, next.get(), PAGE);
                sink.take(page.rows());
                next = page.next();
            }
        };
    }

    private TokenTable.TokenView token(Map<String, String> query) throws TableException {
        return table.tokenView(Parameters.of(query, Set.of("id")).required("id"));
    }

    private List<Map<String, Object>> findings(String kind) {
        AuditView audit = sources.audit().get();
        Finding finding = FindingKind.of(kind).flatMap(audit::finding)
                .orElseThrow(() -> new NothingThere("the audit has no finding of this kind"));
        return finding.sample().stream().map(row -> {
            Map<String, Object> named = new LinkedHashMap<>();
            IntStream.range(0, finding.columns().size())
                    .forEach(column -> named.put(finding.columns().get(column), row.get(column)));
            return named;
        }).toList();
    }

    private static Map<String, Object> node(Fleet.Node node) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("source_ip", node.sourceIp());
        row.put("node_name", node.nodeName());
        row.put("condition", node.state());
        row.put("rows", node.rows());
        row.put("in_flight", node.inFlight().records());
        row.put("last_read", node.lastRead());
        row.put("last_change", node.lastChange());
        row.put("last_seen", node.lastSeen());
        row.put("verified_as_of", node.verification() == null ? null : node.verification().get("as_of"));
        row.put("verification", node.verification() == null ? null : node.verification().get("outcome"));
        row.put("problem", node.problem() == null ? null : node.problem().reason());
        row.put("db_path", node.dbPath());
        return row;
    }

    private static Map<String, Object> session(SessionTable.Row session) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("session_id", session.sessionId());
        row.put("source_ip", session.sourceIp());
        row.put("status", session.status());
        row.put("started_at", session.startedAt());
        row.put("accounted_at", session.accountedAt());
        row.put("read", session.balance().read());
        row.put("published", session.balance().published());
        row.put("in_the_table", session.balance().written());
        row.put("rejected", session.balance().rejected());
        row.put("dead_lettered", session.balance().deadLettered());
        row.put("in_flight", session.balance().inFlight().records());
        return row;
    }

    private static Map<String, Object> deadLetter(DeadLetterView view) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("place", view.place());
        row.put("time", view.time());
        row.put("stage", view.stage());
        row.put("reason", view.reason());
        row.put("detail", view.detail());
        row.put("source_ip", view.sourceIp());
        row.put("node_name", view.nodeName());
        row.put("token_id", view.tokenId());
        row.put("session_id", view.sessionId());
        row.put("origin", view.origin());
        row.put("command", view.command());
        row.put("rejected", view.rejected());
        return row;
    }
}
