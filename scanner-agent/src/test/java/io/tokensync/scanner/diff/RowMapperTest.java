package io.tokensync.scanner.diff;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;

import static org.assertj.core.api.Assertions.assertThat;

class RowMapperTest {
    private final RowMapper mapper = new RowMapper();

    @ParameterizedTest
    @CsvSource({"TOKENS, 2, pledged", "V1_TOKENS, 2, generated", "FULL_NODE_TOKENS, 9, burnt",
            "V1_TOKENS, 9, burnt for ft", "CONTRACT, 7, deployed", "V1_TOKENS, 99, seed"})
    void aCodeIsNamedAsTheGenerationOfItsTableHasIt(TokenTable table, long code, String name) {
        TokenRow row = map(row(table, code, null));
        assertThat(row.statusName()).isEqualTo(name);
        assertThat(row.generation()).isEqualTo(table.generation());
        assertThat(row.tokenStatus()).isEqualTo(Long.toString(code));
        assertThat(row.validationErrors()).noneMatch(RowMapperTest::isOfStatus);
    }

    @Test
    void theNamesOfTheNodeItselfComeFirst() {
        assertThat(map(row(TokenTable.V1_TOKENS, 2L, "burnt")).statusName()).isEqualTo("burnt");
        assertThat(map(row(TokenTable.V1_TOKENS, 2L, "chain_sync_issue")).statusName()).isEqualTo("chain sync issue");
        TokenRow frozen = map(row(TokenTable.V1_TOKENS, 77L, "frozen"));
        assertThat(frozen.statusName()).isEqualTo("frozen");
        assertThat(frozen.validationErrors()).noneMatch(RowMapperTest::isOfStatus);
    }

    @Test
    void whatNobodyHasANameForIsUnknownAndMarked() {
        for (Object status : new Object[]{77L, "0", 1.5}) {
            TokenRow row = map(row(TokenTable.V1_TOKENS, status, null));
            assertThat(row.statusName()).isNull();
            assertThat(row.generation()).isEqualTo(NodeGeneration.V1);
            assertThat(row.validationErrors()).as("%s", status).anyMatch(RowMapperTest::isOfStatus);
        }
    }

    @Test
    void aStatusThatTheSchemaLacksIsUnknownAndNotWrong() {
        TokenRow row = map(row(TokenTable.TOKENS, null, null));
        assertThat(row.statusName()).isNull();
        assertThat(row.validationErrors()).noneMatch(RowMapperTest::isOfStatus);
    }

    @Test
    void anotherNameIsAChange() {
        RowHash hash = new RowHash("node1");
        assertThat(hash.of(row(TokenTable.V1_TOKENS, 2L, "burnt")))
                .isNotEqualTo(hash.of(row(TokenTable.V1_TOKENS, 2L, "generated")));
    }

    @Test
    void aTokenOfTheTestNetworkIsAWholeTokenWithAProperId() {
        RawRow row = row(TokenTable.V1_TOKENS, 0L, null, "50001_1000949");
        assertThat(map(row).tokenKind()).isEqualTo(TokenKind.WHOLE);
        assertThat(map(row).validationErrors())
                .noneMatch(error -> error.startsWith(ValidationCode.TOKEN_ID_MALFORMED.code()));
    }

    private static boolean isOfStatus(String error) {
        return error.startsWith(ValidationCode.TOKEN_STATUS_UNKNOWN.code());
    }

    private TokenRow map(RawRow row) {
        return ((MappedRow.Accepted) mapper.map(row)).row();
    }

    private static RawRow row(TokenTable table, Object status, String name) {
        return row(table, status, name, "1_7");
    }

    private static RawRow row(TokenTable table, Object status, String name, String id) {
        Object[] values = new Object[TokenColumn.COUNT];
        values[TokenColumn.TOKEN_ID.position()] = id;
        values[TokenColumn.TOKEN_STATUS.position()] = status;
        values[TokenColumn.STATUS_NAME.position()] = name;
        return new RawRow(table, 1, values, true, false);
    }
}
