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
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsOutputTest {
    private static final String TOKEN = "QmXoypizjW3WknFiJnKLwHCnL72vedxjQkDDP1mXWo6uco";
    private static final List<Finding> FINDINGS = List.of(
            new Finding(FindingKind.FREE_ON_SEVERAL_NODES, 7, List.of("token_id", "node_name"),
                    List.of(List.of(TOKEN, "node001"), List.of(TOKEN, "=cmd|' /C calc'!A0"))),
            new Finding(FindingKind.QUIET_NODES, 0, List.of(), List.of()),
            new Finding(FindingKind.PARENT_STILL_FREE, 1, List.of("token_id", "did"),
                    List.of(Arrays.asList("Qm\u001b[2J", null))));

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

    private void print(RowFormat format, int width) {
        new FindingsOutput(new PrintStream(printed, true, StandardCharsets.UTF_8), width).print(FINDINGS, format);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
