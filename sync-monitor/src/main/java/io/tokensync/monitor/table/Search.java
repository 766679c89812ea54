package io.tokensync.monitor.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for; all conditions hold together.
 *
 * @param tokens ids, of which any
 * @param prefix beginning of the id
 * @param did owner
 * @param nodes on any of these
 * @param what kind and status
 * @param value between which numbers
 * @param validity of row and content
 * @param presence whether the node lists it
 * @param several whether more than one node lists the token as free
 */
public record Search(List<String> tokens, Optional<String> prefix, Optional<String> did, List<NodeName> nodes,
        What what, Range value, Validity validity, Presence presence, boolean several) {
    /** Nothing in particular. */
    public static final Search EVERYTHING = new Search(List.of(), Optional.empty(), Optional.empty(), List.of(),
            new What(Optional.empty(), Optional.empty()), new Range(Optional.empty(), Optional.empty()), Validity.ANY,
            Presence.LISTED, false);

    /** What is said to somebody whose conditions no index has. */
    public static final String NO_INDEX = "these conditions alone would read the whole table; add one that there is an index "
            + "for: a token id or its beginning, a DID, a node, a kind, a status, rows with errors, or rows without content";

    public Search {
        tokens = List.copyOf(tokens);
        nodes = List.copyOf(nodes);
    }

    /**
     * A node of a machine.
     *
     * @param sourceIp the machine
     * @param nodeName the node
     */
    public record NodeName(String sourceIp, String nodeName) {}

    /**
     * Kind and status.
     *
     * @param kind code of a {@link io.tokensync.common.model.TokenKind}
     * @param status name of a status; {@code unknown} for a code without one
     */
    public record What(Optional<String> kind, Optional<String> status) {}

    /**
     * From the least to the most, both inclusive.
     *
     * @param least lowest value
     * @param most highest value
     */
    public record Range(Optional<BigDecimal> least, Optional<BigDecimal> most) {
        boolean isAny() {
            return least.isEmpty() && most.isEmpty();
        }
    }

    /** The same, for these tokens only. */
    public Search of(List<String> ids) {
        return new Search(ids, prefix, did, nodes, what, value, validity, presence, several);
    }

    /** Whether nothing is asked but whether a token is free on several nodes, which only the audit has an answer to. */
    public boolean isOnlySeveral() {
        return several && tokens.isEmpty() && prefix.isEmpty() && did.isEmpty() && nodes.isEmpty() && value.isAny()
                && what.kind().isEmpty() && what.status().isEmpty() && validity == Validity.ANY;
    }
}
