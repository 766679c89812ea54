package io.tokensync.common.serde;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentTextsTest {
    private final RecentTexts recent = new RecentTexts();

    @Test
    void aTextThatAFieldHasAgainIsTheOneOfTheRecordBefore() {
        String first = text("10.0.0.1");
        assertThat(recent.of("source_ip", first)).isSameAs(first);
        assertThat(recent.of("node_name", text("10.0.0.1"))).as("of another field").isNotSameAs(first);
        assertThat(recent.of("source_ip", text("10.0.0.1"))).isSameAs(first);
        assertThat(recent.of("source_ip", text("10.0.0.2"))).isEqualTo("10.0.0.2");
        assertThat(recent.of("source_ip", null)).isNull();
        assertThat(recent.of("source_ip", text("10.0.0.1"))).as("only the last one is kept").isNotSameAs(first)
                .isEqualTo(first);
    }

    @Test
    void aLongTextIsNotKept() {
        String longText = "x".repeat(100_000);
        assertThat(recent.of("did", longText)).isSameAs(longText);
        assertThat(recent.of("did", text(longText))).isNotSameAs(longText).isEqualTo(longText);
    }

    private static String text(String of) {
        return String.valueOf(of.toCharArray());
    }
}
