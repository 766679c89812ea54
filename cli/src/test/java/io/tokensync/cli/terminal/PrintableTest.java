package io.tokensync.cli.terminal;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTest {
    @Test
    void whatATerminalObeysIsShown() {
        assertThat(Printable.line("a\u001b[2Jb\u009b1A\u007f\r\n\u202e\ud800")).isEqualTo(
                "a\\u001b[2Jb\\u009b1A\\u007f\\u000d\\u000a\\u202e\\ud800");
        assertThat(Printable.lines("a\n\tb\u0007")).isEqualTo("a\n\tb\\u0007");
    }

    @Test
    void otherTextIsLeftAlone() {
        String text = "Äß€漢\uD83D\uDE00 👩‍💻";
        assertThat(Printable.line(text)).isSameAs(text);
    }

    @Test
    void formulasInCsvAreTexts() {
        assertThat(Csv.line(List.of("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\tx", "a=b")))
                .isEqualTo("'=cmd|'/c calc'!A1,'+1+1,'-2+3,'@SUM(A1),'\tx,a=b\r\n");
        assertThat(Csv.line(List.of("=HYPERLINK(\"x\",\"y\")"))).isEqualTo("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
        assertThat(Csv.line(List.of("-1.5", "+2", "1e-7", "-3E+2"))).isEqualTo("-1.5,+2,1e-7,-3E+2\r\n");
    }
}
