package io.tokensync.monitor.alert;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TelegramTest {
    @Test
    void aTextAtTheLimitIsOnePart() {
        assertThat(Telegram.parts("x".repeat(Telegram.LONGEST))).hasSize(1);
        assertThat(Telegram.parts("")).isEmpty();
    }

    @Test
    void aLongTextIsCutAtTheEndsOfLines() {
        String line = "y".repeat(1_000) + "\n";
        List<String> parts = Telegram.parts(line.repeat(9));
        assertThat(parts).hasSize(3).allMatch(part -> part.length() <= Telegram.LONGEST);
        assertThat(String.join("\n", parts)).isEqualTo(line.repeat(9).stripTrailing() + "\n");
    }

    @Test
    void noCharacterIsCutInTwo() {
        List<String> parts = Telegram.parts("a" + "\uD83D\uDE00".repeat(5_000));
        assertThat(String.join("", parts)).hasSize(10_001);
        assertThat(parts).allMatch(part -> part.length() <= Telegram.LONGEST
                && !Character.isHighSurrogate(part.charAt(part.length() - 1)));
    }
}
