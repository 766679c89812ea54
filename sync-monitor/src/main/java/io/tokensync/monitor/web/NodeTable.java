package io.tokensync.monitor.web;

import java.util.Comparator;
import java.util.List;

import io.tokensync.monitor.web.Fleet.Node;

/** The table of nodes. */
final class NodeTable {
    private static final Comparator<Node> BY_NAME = Comparator.comparing(Node::nodeName).thenComparing(Node::sourceIp)
            .thenComparing(Node::dbPath);

    private NodeTable() {}

    static Slice.Page<Node> page(Fleet fleet, Slice slice) {
        return slice.of(all(fleet, slice), _ -> true);
    }

    /** All that fit, in order. */
    static List<Node> all(Fleet fleet, Slice slice) {
        return fleet.nodes().stream().sorted(order(slice.sort()))
                .filter(node -> slice.matches(node.nodeName(), node.sourceIp(), node.dbPath())
                        && (slice.status().isEmpty() || node.state().equals(slice.status())))
                .toList();
    }

    private static Comparator<Node> order(String name) {
        return switch (name) {
            case "name" -> BY_NAME;
            case "rows" -> Comparator.comparingLong(Node::rows).reversed().thenComparing(BY_NAME);
            case "behind" -> Comparator.comparingLong((Node node) -> node.inFlight().records()).reversed()
                    .thenComparing(BY_NAME);
            case "read" -> Comparator.comparing(Node::lastRead, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(BY_NAME);
            default -> Comparator.comparing((Node node) -> Condition.valueOf(node.state())).thenComparing(BY_NAME);
        };
    }
}
