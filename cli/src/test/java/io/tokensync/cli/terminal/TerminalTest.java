package io.tokensync.cli.terminal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTest {
    @Test
    void theWidthIsReadFromTheEnvironmentOrFromStty() {
        assertThat(Terminal.columns("132")).hasValue(132);
        assertThat(Terminal.columns(null)).isEmpty();
        assertThat(Terminal.columns("0")).isEmpty();
        assertThat(Terminal.columns("wide")).isEmpty();
        assertThat(Terminal.columnsOf("50 132\n")).hasValue(132);
        assertThat(Terminal.columnsOf("0 0\n")).isEmpty();
        assertThat(Terminal.columnsOf("stty: no tty")).isEmpty();
    }

    @Test
    void noCharacterIsCutInHalf() {
        assertThat(TextWidth.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(TextWidth.cut("abcdef", 5)).isEqualTo("abcd…");
        assertThat(TextWidth.cut("abc\uD83D\uDE00ef", 5)).isEqualTo("abc…");
        assertThat(TextWidth.cut("abcdef", 0)).isEqualTo("…");
    }
}
