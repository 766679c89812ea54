package io.tokensync.simulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;
import io.tokensync.simulator.truth.TruthWriter;
import io.tokensync.testkit.golden.Golden;

import static org.assertj.core.api.Assertions.assertThat;

/** The truth on disk, byte for byte: a simulation that an earlier release has written is read, and the other way round. */
class TruthGoldenTest {
    private static final Truth.Header HEADER = new Truth.Header(new Truth.Origin(2, 3, 7, 1, 0.25, true, 4, 5),
            List.of(new Truth.Machine("vm1", "10.20.0.1", "vm1")),
            List.of(new Truth.Node("vm1", "node1", "vm1/node1/Rubix/rubix.db", "G4", "wal", true)),
            List.of(new Truth.Unreadable("vm1", "vm1/empty001/Rubix/rubix.db", Truth.Unreadable.EMPTY)),
            List.of(new Truth.Rejection("vm1", "node1", "TokensTable", 3, "no_identity", "a blank")), 3);
    private static final Instant CREATED = Instant.parse("2024-05-06T07:08:09.123456700Z");
    private static final Instant UPDATED = Instant.parse("2025-01-02T03:04:05Z");
    private static final TruthRow FULL = new TruthRow("vm1", "node1", "TokensTable", "Qm1", "part", "sqlite", "bafy1",
            "0", "free", "0.5", "Qm0", CREATED, UPDATED, "hash", "transaction", null,
            List.of("did_malformed", "value_malformed"), TruthRow.Content.of("a \"text\"\n"));
    private static final TruthRow BARE = new TruthRow("vm1", "node1", "FTTable", "é", "ft", "sqlite", null, "4", null,
            null, null, null, null, null, null, null, List.of(), TruthRow.Content.failed(TruthRow.Content.NOT_A_CID));

    private static final TruthRow SIGNED = new TruthRow("vm1", "rubix001", "tokens", "1_2", "whole", "v1", "bafy1", "0",
            "free", "1.0", null, CREATED, UPDATED, "hash", "transaction",
            new TruthRow.Transaction("verified", "bafy2", "bafy1", UPDATED), List.of(), TruthRow.Content.of("text"));

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsAsItWasAndIsReadAsItWasMeant() throws Exception {
        Truth truth = TruthWriter.write(directory, HEADER,
                List.of(part("none"), part("one", FULL), part("two", BARE, FULL, SIGNED)));
        Golden.files().check("truth.json", Files.readString(truth.file()));
        assertThat(truth.header()).isEqualTo(HEADER);
        try (Stream<TruthRow> rows = truth.rows()) {
            assertThat(rows).containsExactly(FULL, BARE, FULL, SIGNED);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("no parts are left").containsExactly(truth.file());
        }
    }

    private TruthWriter.Part part(String name, TruthRow... rows) throws Exception {
        try (TruthWriter.Part part = new TruthWriter.Part(directory.resolve(name))) {
            for (TruthRow row : rows) {
                part.add(row);
            }
            return part;
        }
    }
}
