package io.tokensync.standalone.demo;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Unanswered;

import static org.assertj.core.api.Assertions.assertThat;

class DemoFindingsTest {
    private static final Path DATA = Path.of("demo", "data");
    private static final List<Unanswered> MISSING = List.of(
            new Unanswered(FindingKind.HOLDERS_FLIP, "it took too long"));

    @Test
    void nothingFoundIsSaidOfWhatWasAnsweredOnly() {
        assertThat(new DemoFindings(List.of(), List.of()).lines(DATA))
                .containsExactly("the audit finds no contradiction in it");
        assertThat(new DemoFindings(List.of(), MISSING).lines(DATA)).containsExactly(
                "the audit finds no contradiction in it as far as it was answered",
                "  no answer to \"Holders that take turns\" (holders_flip): it took too long");
    }

    @Test
    void whatWasFoundIsSaidBesideWhatWasNotAnswered() {
        Finding found = new Finding(FindingKind.QUIET_NODES, 1_234, List.of(), List.of());
        assertThat(new DemoFindings(List.of(found), MISSING).lines(DATA)).hasSize(4)
                .contains("    1,234  Nodes gone quiet",
                        "           ./tokensync audit --data demo/data --kind quiet_nodes")
                .last().asString().contains("holders_flip");
    }
}
