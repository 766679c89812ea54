package io.tokensync.writer.jdbc;

import io.tokensync.common.model.TokenState;

/**
 * A row of the stage.
 *
 * @param state what it says
 * @param origin number of whom it is counted for, from 0
 * @param number its place in the batch, from 0
 * @param contentHash digest of its content, which takes a while and is asked for at each look
 */
record StagedRow(TokenState state, int origin, int number, long contentHash) {
    StagedRow(TokenState state, int origin, int number) {
        this(state, origin, number, state.content().digest());
    }
}
