package io.tokensync.common.text;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTest {
    @Test
    void formulasInCsvAreTexts() {
        assertThat(Csv.line(List.of("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\tx", "a=b")))
                .isEqualTo("'=cmd|'/c calc'!A1,'+1+1,'-2+3,'@SUM(A1),'\tx,a=b\r\n");
        assertThat(Csv.line(List.of("=HYPERLINK(\"x\",\"y\")"))).isEqualTo("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
        assertThat(Csv.line(List.of("-1.5", "+2", "1e-7", "-3E+2"))).isEqualTo("-1.5,+2,1e-7,-3E+2\r\n");
    }
}
