package io.tokensync.monitor.deadletter;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DeadLetterStore store = new DeadLetterStore("--config writer.yaml");

    @Test
    void theNewestComeFirstAndTheOldestGo() {
        for (int i = 0; i < DeadLetterStore.MOST + 50; i++) {
            store.take(DeadLetters.fromDatabase(i, NOON.plusSeconds(i), "n1", "s"));
        }
        List<DeadLetterView> all = store.find(_ -> true);
        assertThat(all).hasSize(DeadLetterStore.MOST).isSortedAccordingTo((a, b) -> b.time().compareTo(a.time()));
        assertThat(all.getLast().place()).isEqualTo("0:50");
    }

    /** A follower that begins again reads them again. */
    @Test
    void oneThatComesTwiceIsOne() {
        store.take(DeadLetters.fromDatabase(7, NOON, "n1", "s"));
        store.take(DeadLetters.fromDatabase(7, NOON, "n1", "s"));
        assertThat(store.find(_ -> true)).hasSize(1);
    }

    @Test
    void aRecordSaysWhereItComesFromAndWhatSendsItBack() {
        store.take(DeadLetters.fromTopic(9, NOON, "sql_rejected", "the value is too long", "10.0.0.1|n|1|Qm|x",
                "{\"token_id\":\"Qm|x\",\"session_id\":\"s1\"}"));
        DeadLetterView view = store.find(_ -> true).getFirst();
        assertThat(view.sourceIp()).isEqualTo("10.0.0.1");
        assertThat(view.sessionId()).isEqualTo("s1");
        assertThat(view.origin()).isEqualTo("tokens.enriched 3:4711");
        assertThat(view.command()).isEqualTo("./tokensync dlq replay --config writer.yaml --at 0:9 --again");
        assertThat(view.advice()).isNull();
    }

    @Test
    void aRowOfADatabaseHasAdviceAndNoCommand() {
        store.take(DeadLetters.fromDatabase(1, NOON, "n1", "s2"));
        DeadLetterView view = store.find(_ -> true).getFirst();
        assertThat(view.command()).isNull();
        assertThat(view.advice()).contains("its agent reads it again");
        assertThat(view.nodeName()).isEqualTo("n1");
        assertThat(view.sessionId()).isEqualTo("s2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"password\":\"hunter2\"}", "{\"a\":[{\"privateKey\":\"hunter2\"}]}",
            "{\"note\":\"jdbc:x://u:hunter2@sql.example.com\"}", "{\"note\":\"password=hunter2;x\"}",
            "{\"broken\":1,\"api_key\": \"hunter2", "password: hunter2", "{\"client_secret\":\"hun\\\"hunter2\",",
            "{\"MNEMONIC\":{\"words\":\"hunter2\"}}"})
    void noSecretIsShown(String payload) {
        store.take(DeadLetters.fromTopic(9, NOON, "x", "login failed: password=hunter2", "a|b|c", payload));
        DeadLetterView view = store.find(_ -> true).getFirst();
        assertThat(view.toString()).doesNotContain("hunter2").contains("********");
    }

    @Test
    void whatIsNoSecretIsShownAsItIs() {
        store.take(DeadLetters.fromTopic(9, NOON, "x", "y", "a|b|c",
                "{\"token_id\":\"Qm\",\"token_value\":\"1.5\",\"row\":null,\"deep\":[1,true]}"));
        assertThat(store.find(_ -> true).getFirst().rejected()).hasToString(
                "{\"token_id\":\"Qm\",\"token_value\":\"1.5\",\"row\":null,\"deep\":[1,true]}");
    }

    @Test
    void whatIsHugeDeepOrNoTextIsBounded() {
        for (String payload : List.of("x".repeat(1_000_000), "{\"a\":\"" + "y".repeat(20_000) + "\"}",
                "[".repeat(900) + "]".repeat(900), "\"" + "\\\\".repeat(15_000), "\u0000\u0001\ud800")) {
            store.take(DeadLetters.fromTopic(9, NOON, "x", "y", "a|b|c", payload));
            assertThat(store.find(_ -> true).getFirst().rejected().toString()).hasSizeLessThan(40_000);
        }
    }

    @Test
    void wordsAreQuotedForAShell() {
        assertThat(ShellWord.of("0:17")).isEqualTo("0:17");
        assertThat(ShellWord.of("/var/lib/tokensync data")).isEqualTo("'/var/lib/tokensync data'");
        assertThat(ShellWord.of("a'b;rm -rf $HOME")).isEqualTo("'a'\\''b;rm -rf $HOME'");
        assertThat(ShellWord.of("")).isEqualTo("''");
    }
}
