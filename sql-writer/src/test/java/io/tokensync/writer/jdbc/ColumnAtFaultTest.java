package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnAtFaultTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "String or binary data would be truncated in table 'd.dbo.TokenRecords', column 'did'. Truncated value: 'x'.|did",
            "Cannot insert the value NULL into column 'node_name', table 'd.dbo.TokenRecords'; column does not allow nulls.|node_name",
            "The MERGE statement conflicted with the CHECK constraint \"CK\". The conflict occurred in table \"dbo.TokenRecords\", column 'token_value'.|token_value",
            "Received an invalid column length from the bcp client for colid 4.|did",
            "Value too long for column \"token_status CHARACTER VARYING(50)\": \"'secret'\"|token_status"})
    void theServersTextsNameIt(String text, String column) {
        assertThat(ColumnAtFault.named(List.of(new SQLException("x"), new SQLException(text)))).contains(column);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"String or binary data would be truncated.",
            "Invalid column 'of somebody else'", "invalid length for colid 900.", "column 'secret_value' is odd"})
    void whatIsNoColumnOfOursIsNotRepeated(String text) {
        assertThat(ColumnAtFault.named(List.of(new SQLException(text), new SQLException((String) null)))).isEmpty();
    }

    @Test
    void onlyPoisonHasAColumn() {
        SqlFailureClassifier classifier = SqlFailureClassifier.sqlServer();
        assertThat(classifier.toFailure(new SQLException("in column 'did'", "S0001", 2628)).column()).contains("did");
        assertThat(classifier.toFailure(new SQLException("Invalid column 'did'", "S0001", 207)).column())
                .isEqualTo(Optional.empty());
        assertThat(classifier.toFailure(new SQLException("in column 'did'", "S0001", 2628)).getMessage())
                .contains("2628", "did");
    }
}
