package io.tokensync.writer.jdbc;

import io.tokensync.common.model.TokenState;

/**
 * A row of the stage.
 *
 * @param state what it says
 * @param origin number of whom it is counted for
 */
record StagedRow(TokenState state, long origin) {}
