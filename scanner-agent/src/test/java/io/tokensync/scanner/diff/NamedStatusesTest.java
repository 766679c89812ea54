package io.tokensync.scanner.diff;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;

import static org.assertj.core.api.Assertions.assertThat;

/** In a fleet of both generations a status is wanted by its name, whatever its number is on a node. */
class NamedStatusesTest {
    @ParameterizedTest
    @CsvSource({
            "pledged, TOKENS, 2,, true", "pledged, TOKENS, 6,, false",
            "pledged, V1_TOKENS, 6,, true", "pledged, V1_TOKENS, 2,, false",
            "pledged, V1_FULL_NODE_RBT, 6,, true", "pledged, FULL_NODE_TOKENS, 6,, false",
            // the node's own names decide, where it has them
            "pledged, V1_TOKENS, 2, pledged, true", "pledged, V1_TOKENS, 6, burnt, false",
            "chain-sync_issue, V1_TOKENS, 3, chain_sync_issue, true", "pledged, V1_TOKENS, 6, '', false",
            // a number is the node's, whatever it means there
            "2, TOKENS, 2,, true", "2, V1_TOKENS, 2,, true", "2, V1_TOKENS, 6, generated, false",
            "77, V1_TOKENS, 77,, true", "pledged, V1_TOKENS, 77,, false",
            // contracts had codes of their own before v1
            "pledged, CONTRACT, 7,, true", "pledged, V1_FULL_NODE_CONTRACT, 10,, false"})
    void aNameIsTheSameOnAllNodesAndANumberIsTheNodes(String wanted, TokenTable table, long code, String own,
            boolean taken) {
        Object[] values = new Object[TokenColumn.COUNT];
        values[TokenColumn.TOKEN_STATUS.position()] = code;
        values[TokenColumn.STATUS_NAME.position()] = own;
        RawRow row = new RawRow(table, 1, values, true, false);
        assertThat(StatusFilter.of(List.of(wanted)).leavesOut(row)).isEqualTo(!taken);
        assertThat(StatusFilter.of(List.of("seed", wanted, "4711")).leavesOut(row)).isEqualTo(!taken);
    }
}
