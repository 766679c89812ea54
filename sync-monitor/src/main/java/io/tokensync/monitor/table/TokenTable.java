package io.tokensync.monitor.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions about the table of tokens. Each is answered from indexes and in bounded time; a row is its values by name of their
 * column. Thread-safe.
 */
public interface TokenTable {
    /**
     * A page of rows.
     *
     * @param after where it begins
     * @param limit most rows
     * @throws IllegalArgumentException when no condition has an index, with {@link Search#NO_INDEX}
     */
    Found search(Search search, Place after, int limit) throws TableException;

    /** All about a token; empty when no node has ever listed it. */
    Optional<TokenView> token(String tokenId) throws TableException;

    /** All about an owner; with no holdings for one that nobody knows. */
    OwnerView owner(String did) throws TableException;

    /** What a node lists, by kind and status. */
    Holdings node(Search.NodeName node) throws TableException;

    /** The latest verification of each node; empty without the view. */
    List<Map<String, Object>> verifications() throws TableException;

    /**
     * A token.
     *
     * @param rows of each node that lists it, or has
     * @param parents of it, the nearest first; each once
     * @param parts of it
     * @param moreParts whether there are more
     * @param history every version that was seen, the earliest first; empty without the table
     * @param moreHistory whether there are more
     */
    record TokenView(List<Map<String, Object>> rows, List<Map<String, Object>> parents,
            List<Map<String, Object>> parts, boolean moreParts, Optional<List<Map<String, Object>>> history,
            boolean moreHistory) {}

    /**
     * Rows counted.
     *
     * @param groups tokens and value by kind and status
     * @param counted how many rows
     * @param whole whether these are all; of many only the first are counted
     */
    record Holdings(List<Map<String, Object>> groups, long counted, boolean whole) {}

    /**
     * An owner.
     *
     * @param now what is listed under the DID
     * @param overTime what was, at each change, the earliest first; empty without the table
     * @param wholeTime whether these are all changes
     */
    record OwnerView(Holdings now, Optional<List<Map<String, Object>>> overTime, boolean wholeTime) {}
}
