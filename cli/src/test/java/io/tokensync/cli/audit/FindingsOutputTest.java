package io.tokensync.cli.audit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.output.RowFormat;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Unanswered;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsOutputTest {
    private static final String TOKEN = "QmXoypizjW3WknFiJnKLwHCnL72vedxjQkDDP1mXWo6uco";
    private static final AuditAnswers FINDINGS = new AuditAnswers(List.of(
            new Finding(FindingKind.FREE_ON_SEVERAL_NODES, 7, List.of("token_id", "node_name"),
                    List.of(List.of(TOKEN, "node001"), List.of(TOKEN, "=cmd|' /C calc'!A0"))),
            new Finding(FindingKind.QUIET_NODES, 0, List.of(), List.of()),
            new Finding(FindingKind.PARENT_STILL_FREE, 1, List.of("token_id", "did"),
                    List.of(Arrays.asList("Qm\u001b[2J", null)))));
    private static final AuditAnswers ONE_MISSING = new AuditAnswers(List.of(
            new Unanswered(FindingKind.HOLDERS_FLIP, "the database took longer than 120 s; allow more with --timeout"),
            new Finding(FindingKind.QUIET_NODES, 1, List.of("node_name"), List.of(List.of("node001")))));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aTableOfEachKindFitsTheTerminal() {
        print(RowFormat.table, 40);
        assertThat(text()).contains("Free on several nodes: 7 rows", "Nodes gone quiet: none",
                "Split, and still free: 1 row\n", "(2 of 7 rows; the others with --kind free_on_several_nodes ",
                "NULL", "values are cut").doesNotContain("token_id=");
        assertThat(text().lines().filter(line -> line.startsWith("Qm"))).hasSize(3)
                .allMatch(line -> line.length() <= 40);
    }

    @Test
    void whereNoTerminalIsTokensAreWhole() {
        print(RowFormat.table, Integer.MAX_VALUE);
        assertThat(text()).contains(TOKEN + "  node001", "=cmd|' /C calc'!A0").doesNotContain("values are cut");
    }

    @Test
    void theFirstColumnIsCutLast() {
        print(RowFormat.table, TOKEN.length() + 2 + 12);
        assertThat(text()).contains(TOKEN + "  node001", TOKEN + "  =cmd|' /C c…");
    }

    @Test
    void csvIsOneTableOverAllKindsWithoutFormulas() {
        print(RowFormat.csv, 40);
        assertThat(text()).isEqualTo("kind,token_id,node_name,did\r\n"
                + "free_on_several_nodes," + TOKEN + ",node001,\r\n"
                + "free_on_several_nodes," + TOKEN + ",'=cmd|' /C calc'!A0,\r\n"
                + "parent_still_free,Qm\u001b[2J,,\r\n");
    }

    @Test
    void jsonIsOneDocumentWithTheRowsOfEachKind() {
        print(RowFormat.json, 40);
        JsonNode document = JsonMapper.builder().build().readTree(text());
        assertThat(document.at("/0/rows_found").asLong()).isEqualTo(7);
        assertThat(document.at("/0/rows/1/token_id").asString()).isEqualTo(TOKEN);
        assertThat(document.at("/1/rows").isEmpty()).isTrue();
        assertThat(document.at("/2/rows/0/did").isNull()).isTrue();
        assertThat(text()).containsIgnoringCase("\\u001b").doesNotContain("\u001b");
    }

    @Test
    void aKindWithoutAnAnswerIsNoneWithoutFindings() {
        print(ONE_MISSING, RowFormat.table, 200);
        assertThat(text())
                .contains("Holders that take turns: no answer; the database took longer than 120 s; allow more",
                        "Nodes gone quiet: 1 row\n")
                .doesNotContain(": none");
    }

    @Test
    void inCsvAKindWithoutAnAnswerIsARowThatSaysSo() {
        print(ONE_MISSING, RowFormat.csv, 40);
        assertThat(text()).isEqualTo("""
                kind,node_name,no_answer\r
                holders_flip,,the database took longer than 120 s; allow more with --timeout\r
                quiet_nodes,node001,\r
                """);
    }

    @Test
    void inJsonAKindWithoutAnAnswerHasNeitherANumberNorRows() {
        print(ONE_MISSING, RowFormat.json, 40);
        JsonNode document = JsonMapper.builder().build().readTree(text());
        assertThat(document.at("/0/kind").asString()).isEqualTo("holders_flip");
        assertThat(document.at("/0/no_answer").asString()).contains("took longer");
        assertThat(document.at("/0/rows_found").isNull()).isTrue();
        assertThat(document.at("/0/rows").isNull()).isTrue();
        assertThat(document.at("/1/no_answer").isNull()).isTrue();
        assertThat(document.at("/1/rows_found").asLong()).isEqualTo(1);
    }

    private void print(RowFormat format, int width) {
        print(FINDINGS, format, width);
    }

    private void print(AuditAnswers answers, RowFormat format, int width) {
        new FindingsOutput(new PrintStream(printed, true, StandardCharsets.UTF_8), width).print(answers, format);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
