package io.tokensync.monitor.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tokensync.common.http.HttpRequest;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.table.Found;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.TableException;
import io.tokensync.monitor.table.TokenTable;

/** Questions about tokens, owners and nodes; each answer is a map for JSON. */
final class TableApi {
    private static final String NO_DATABASE = "the monitor has no database configured: name it in monitor.sql, with a login that "
            + "may only read";

    private final PageSources sources;

    TableApi(PageSources sources) {
        this.sources = sources;
    }

    /**
     * The answer; empty when this is no question about the table.
     *
     * @throws IllegalArgumentException for parameters that cannot be understood, with a sentence
     * @throws TableException when the database does not answer
     */
    Optional<Object> find(HttpRequest question) throws TableException {
        return switch (question.path()) {
            case "/api/search" -> Optional.of(search(SearchRequest.of(question.query(), sources.views())));
            case "/api/token" -> Optional.of(token(Parameters.of(question.query(), Set.of("id")).required("id")));
            case "/api/owner" -> Optional.of(owner(Parameters.of(question.query(), Set.of("did")).required("did")));
            case "/api/node" -> Optional.of(node(Parameters.of(question.query(), Set.of("machine", "node"))));
            default -> Optional.empty();
        };
    }

    /** One page, which says in a note what it does not say in rows. */
    Map<String, Object> search(SearchRequest request) throws TableException {
        AuditView audit = sources.audit().get();
        Optional<Finding> several = several(request.search(), audit);
        Map<String, Object> answer = new LinkedHashMap<>();
        Found found = page(request, request.after(), request.limit());
        answer.put("rows", found.rows());
        answer.put("next", found.next().map(Place::text).orElse(null));
        answer.put("examined", found.examined());
        answer.put("as_of", several.flatMap(finding -> audit.answeredAt(finding.kind())).orElse(null));
        answer.put("note", several.map(finding -> note(finding, audit)).orElse(null));
        return answer;
    }

    /** A page of what the request asks, from another place or of another length. */
    Found page(SearchRequest request, Place after, int limit) throws TableException {
        Optional<List<String>> tokens = several(request.search(), sources.audit().get()).map(TableApi::tokens);
        if (tokens.filter(List::isEmpty).isPresent()) {
            return new Found(List.of(), Optional.empty(), false);
        }
        return table().search(tokens.map(request.search()::of).orElse(request.search()), after, limit);
    }

    TokenTable.TokenView tokenView(String id) throws TableException {
        return table().token(id).orElseThrow(() -> new NothingThere("no node has ever listed this token"));
    }

    /** Which tokens are free on several nodes nobody finds without reading all of them, as the audit does now and then. */
    private Optional<Finding> several(Search search, AuditView audit) {
        if (!search.isOnlySeveral()) {
            return Optional.empty();
        }
        return Optional.of(audit.finding(FindingKind.FREE_ON_SEVERAL_NODES)
                .orElseThrow(() -> new IllegalArgumentException(whyNone(audit) + ", and it alone knows all tokens that "
                        + "are free on several nodes; add a token id, a DID or a node to ask now")));
    }

    private static String whyNone(AuditView audit) {
        return audit.open(FindingKind.FREE_ON_SEVERAL_NODES)
                .map(open -> "the audit was not answered (" + open.missing().reason() + ")")
                .orElse("the audit has not been through the table yet");
    }

    private static List<String> tokens(Finding finding) {
        int column = finding.columns().indexOf("token_id");
        return finding.sample().stream().map(row -> row.get(column)).distinct().toList();
    }

    private static String note(Finding finding, AuditView audit) {
        String when = audit.open(finding.kind()).isEmpty()
                ? ""
                : "; the last audit was not answered, this is what an earlier one has found";
        return (finding.rows() > finding.sample().size()
                ? "the first " + finding.sample().size() + " of " + finding.rows()
                        + " rows that the audit has found; all of them: tokensync audit --kind " + finding.kind().code()
                : "as the audit has found them") + when;
    }

    private Map<String, Object> token(String id) throws TableException {
        TokenTable.TokenView token = tokenView(id);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_id", id);
        answer.put("rows", token.rows());
        answer.put("parents", token.parents());
        answer.put("parts", token.parts());
        answer.put("more_parts", token.moreParts());
        answer.put("history", token.history().orElse(null));
        answer.put("more_history", token.moreHistory());
        answer.put("verifications", token.rows().stream()
                .map(row -> new NodeName(text(row, "source_ip"), text(row, "node_name"))).distinct()
                .map(sources.workbench().verifications().get()::get).filter(one -> one != null).toList());
        return answer;
    }

    private Map<String, Object> owner(String did) throws TableException {
        TokenTable.OwnerView owner = table().owner(did);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("did", did);
        answer.put("now", owner.now());
        answer.put("over_time", owner.overTime().orElse(null));
        answer.put("whole_time", owner.wholeTime());
        return answer;
    }

    private Object node(Parameters parameters) {
        NodeName name = new NodeName(parameters.required("machine"), parameters.required("node"));
        NodePage page = NodePage.of(sources, name);
        if (sources.workbench().table().isEmpty()) {
            return page.with(null, NO_DATABASE);
        }
        try {
            TokenTable.Holdings holdings = table().node(name);
            if (page.databases().isEmpty() && holdings.counted() == 0) {
                throw new NothingThere(
                        "no agent has reported a node of this name on this machine, and the table has none");
            }
            return page.with(holdings, null);
        } catch (TableException e) {
            return page.with(null, e.getMessage());
        }
    }

    private TokenTable table() throws TableException {
        return sources.workbench().table().orElseThrow(() -> new TableException(NO_DATABASE, null));
    }

    private static String text(Map<String, Object> row, String name) {
        return String.valueOf(row.get(name));
    }
}
