package io.tokensync.cli.terminal;

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
}
