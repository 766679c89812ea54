package io.tokensync.writer.schema;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenStatus;

/** Names of statuses, for rows that tests put into the table themselves. */
final class StatusNames {
    private StatusNames() {}

    /** The name of a code of nodes before v1 as a text of SQL. */
    static String sql(String code) {
        return "'" + TokenStatus.of(NodeGeneration.SQLITE, code).orElseThrow().text() + "'";
    }
}
