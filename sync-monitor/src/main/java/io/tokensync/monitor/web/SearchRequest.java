package io.tokensync.monitor.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.tokensync.common.model.TokenKind;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Presence;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.Validity;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.NodeView;

/**
 * A search as an address says it.
 *
 * @param search what is looked for
 * @param after where the page begins
 * @param limit most rows
 */
record SearchRequest(Search search, Place after, int limit) {
    private static final Set<String> NAMES = Set.of("token", "did", "node", "machine", "status", "kind", "min", "max",
            "validity", "presence", "several", "after", "limit");
    private static final int USUAL = 50;
    private static final int MOST = 200;

    /** @throws IllegalArgumentException for what cannot be understood, with a sentence */
    static SearchRequest of(Map<String, String> query, MonitorViews views) {
        Parameters parameters = Parameters.of(query, NAMES);
        Optional<String> token = parameters.text("token");
        boolean prefix = token.filter(text -> text.endsWith("*")).isPresent();
        Search search = new Search(prefix ? List.of() : token.stream().toList(),
                token.filter(_ -> prefix).map(SearchRequest::beginning), parameters.text("did"),
                nodes(parameters, views), new Search.What(kind(parameters), parameters.text("status")),
                range(parameters), parameters.oneOf("validity", Validity.ANY),
                parameters.oneOf("presence", Presence.LISTED), parameters.flag("several"));
        return new SearchRequest(search, Place.parse(parameters.text("after").orElse("")),
                parameters.count("limit", USUAL, MOST));
    }

    private static String beginning(String token) {
        if (token.length() == 1) {
            throw new IllegalArgumentException("every token id begins with nothing; write some of it before the *");
        }
        return token.substring(0, token.length() - 1);
    }

    private static Optional<String> kind(Parameters parameters) {
        Optional<String> kind = parameters.text("kind");
        if (kind.isPresent() && TokenKind.of(kind.get()).isEmpty()) {
            throw new IllegalArgumentException("kind is to be one of "
                    + String.join(", ", Stream.of(TokenKind.values()).map(TokenKind::code).toList()));
        }
        return kind;
    }

    private static Search.Range range(Parameters parameters) {
        Search.Range range = new Search.Range(parameters.amount("min"), parameters.amount("max"));
        if (range.least().isPresent() && range.most().isPresent()
                && range.least().get().compareTo(range.most().get()) > 0) {
            throw new IllegalArgumentException("min is more than max, and no value is between them");
        }
        return range;
    }

    /** The table is indexed by machine and node; which machines have a node of that name the monitor knows. */
    private static List<NodeName> nodes(Parameters parameters, MonitorViews views) {
        Optional<String> node = parameters.text("node");
        Optional<String> machine = parameters.text("machine");
        if (node.isEmpty()) {
            if (machine.isPresent()) {
                throw new IllegalArgumentException("machine goes with node: name the node as well");
            }
            return List.of();
        }
        List<NodeName> found = machine.isPresent()
                ? List.of(new NodeName(machine.get(), node.get()))
                : views.fleet().nodes().stream().filter(one -> one.nodeName().equals(node.get()))
                        .map(SearchRequest::name).distinct().toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no agent has reported a node of this name; check it, or name its machine as well");
        }
        return found;
    }

    private static NodeName name(NodeView node) {
        return new NodeName(node.sourceIp(), node.nodeName());
    }
}
