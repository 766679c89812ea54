package io.tokensync.common.serde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.WriteCounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The files under {@code receipts/v1} are receipts as they were written once, and must be read for ever. */
class ReceiptSerdeTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final ReceiptScope SCOPE = new ReceiptScope("5e55", "10.0.0.1", "node1", "/n/Rubix/rubix.db");
    private static final Map<String, Receipt> GOLDEN = Map.of(
            "cycle-started", new Receipt.ScanCycleStarted("5e55", "10.0.0.1", AT, 3, 2),
            "database-scanned",
            new Receipt.DatabaseScanned(SCOPE, AT, AT.plusSeconds(1),
                    new ScanCounts(10, 2, 5, 1, 4, Map.of("token_id_missing", 2L), 1), VersionSet.range(100, 106), true,
                    new ScanProblem("read_failed", "/n/Rubix/rubix.db", "disk I/O error")),
            "cycle-ended",
            new Receipt.ScanCycleEnded("5e55", "10.0.0.1", AT, 3, 1, 1, 1,
                    List.of(new ScanProblem("root_missing", "/m", "not there"))),
            "enriched",
            new Receipt.Enriched(SCOPE, new EnrichCounts(3, Map.of("timeout", 1L), 1, Map.of("record_rejected", 1L), 2),
                    VersionSet.of(100, 101, 103, 104, 105, 106), VersionSet.of(101)),
            "written",
            new Receipt.Written(SCOPE, new WriteCounts(1, 2, 3, 4, 5, Map.of("sql_rejected", 6L), 7, 8),
                    VersionSet.range(100, 121)),
            "unread",
            new Receipt.Unread("writer", "10.0.0.1", "node1", "unreadable_record", VersionSet.of(100, 102)),
            "database-gone", new Receipt.DatabaseGone(SCOPE),
            "dead-lettered", new Receipt.DeadLettered("writer", Map.of("unreadable_record", 1L)));

    @ParameterizedTest
    @ValueSource(strings = {"cycle-started", "database-scanned", "cycle-ended", "enriched", "written", "unread",
            "database-gone", "dead-lettered"})
    void aReceiptOfThenIsReadNow(String name) throws Exception {
        assertThat(ReceiptSerde.read(file(name))).isEqualTo(GOLDEN.get(name));
        assertThat(new String(ReceiptSerde.write(GOLDEN.get(name)), StandardCharsets.UTF_8))
                .isEqualTo(new String(file(name), StandardCharsets.UTF_8).strip());
    }

    @Test
    void whatIsNoReceiptIsRejectedWithoutQuotingIt() {
        assertThatThrownBy(() -> ReceiptSerde.read("secret".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> ReceiptSerde.read(null)).isInstanceOf(UnreadableRecordException.class);
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = ReceiptSerdeTest.class.getResourceAsStream("/receipts/v1/" + name + ".json")) {
            return in.readAllBytes();
        }
    }
}
