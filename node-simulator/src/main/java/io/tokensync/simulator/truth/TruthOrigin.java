package io.tokensync.simulator.truth;

/**
 * Where the simulation comes from: its plan, and how far changes have carried it since.
 *
 * @param nodes nodes of the plan
 * @param tokens token rows of the plan
 * @param seed seed of the plan
 * @param machines machines of the plan
 * @param missingContent share of token ids without a block
 * @param flawed whether wrong rows and unreadable files are among it
 * @param nextToken first token index that nobody has used
 * @param edits changes applied since it was written
 */
public record TruthOrigin(int nodes, long tokens, long seed, int machines, double missingContent, boolean flawed,
        long nextToken, long edits) {}
