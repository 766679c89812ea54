package io.tokensync.monitor.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What to do about a node that is not well, in words for its operator. */
final class Advice {
    private Advice() {}

    static List<String> of(List<Fleet.Node> databases, Map<String, Object> verification) {
        return Stream.concat(databases.stream().map(Advice::of), Stream.of(verified(verification)))
                .filter(Objects::nonNull).distinct().toList();
    }

    private static String of(Fleet.Node node) {
        return switch (Condition.valueOf(node.state())) {
            case PROBLEM -> "It cannot be read: " + node.problem().reason()
                    + ". The table keeps what was read last; it is read again by itself once that is repaired.";
            case SILENT ->
                "Nothing is heard of its agent: on its machine see whether it runs, ./tokensync scanner status, and "
                        + "whether it reaches the brokers, ./tokensync check --config scanner.yaml.";
            case STALLED ->
                "Records of it are in flight and have stopped moving: see which stage waits, and for what, in the "
                        + "pipeline of this page.";
            case INTERRUPTED ->
                "Its agent ended in the middle of a scan; the next scan reads it again. If it ends again and again, "
                        + "its log says why.";
            case ERRORS -> "Rows of it were rejected or dead-lettered: see its dead letters and its rows with errors.";
            case RUNNING, ACCOUNTED_FOR -> null;
        };
    }

    private static String verified(Map<String, Object> verification) {
        String outcome = verification == null ? "" : String.valueOf(verification.get("outcome"));
        return switch (outcome) {
            case "differs" -> outcome.equals(verification.get("previous_outcome"))
                    ? "Two verifications in a row found rows that differ, so that publishing them again did not help: see "
                            + "NodeDiffers in docs/operations.md for what stands in the way."
                    : "The last verification found rows that differ; they are published again, and the next verification "
                            + "shows whether that was enough.";
            case "contested" -> "Two agents claim this node: let only one of them read it.";
            default -> null;
        };
    }
}
