package io.tokensync.writer.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.RowDigest;
import io.tokensync.common.verification.RowFields;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.expiry.OldRows.Deleted;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.verification.Comparison;
import io.tokensync.writer.verification.Digests;
import io.tokensync.writer.verification.NodeTable.Node;
import io.tokensync.writer.verification.NodeVerification;
import io.tokensync.writer.verification.VerificationStore.Standing;

import static org.assertj.core.api.Assertions.assertThat;

/** What the verifier must find in every database. */
abstract class VerifierDatabaseContract {
    private static final int MOST = 30;
    private static final int BUCKETS = 64;
    private static final Node OTHER = new Node("10.0.0.1", "node2");
    private static final BitSet ALL = new BitSet();
    private static final BitSet EVERY = new BitSet();
    private static final BucketSums NO_ROWS = new BucketSums.Builder().sums();

    static {
        ALL.set(0, BUCKETS);
        EVERY.set(0, BucketSums.FINEST);
    }

    private SqlSettings settings;
    private Database database;
    private BatchWriter writer;
    private Table table;
    private VerifierDatabase verifier;

    /** An empty database of the test's own. */
    abstract SqlSettings settings();

    /** How many random cases. */
    abstract int runs();

    @BeforeEach
    void openDatabase() throws Exception {
        settings = settings();
        database = Database.open(settings, 1);
        new Schema(database).migrate();
        writer = database.batchWriter();
        table = new Table(database.dataSource());
        verifier = VerifierDatabase.of(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void theSumsOfTheTableAreThoseOfWhatTheNodeHolds() {
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords");
            List<TokenRecord> records = new ArrayList<>(gen.list(MOST, Records::any));
            records.add(Records.upsert("QmLast", 1, "did"));
            writer.write(Records.batch(records));
            for (Node node : List.of(Digests.NODE, OTHER)) {
                assertThat(verifier.table().sums(node)).isEqualTo(Digests.sums(node, records));
            }
        });
    }

    @Test
    void whoOnlyReadsFindsTheSameSumsAndTheFieldsOfWhatTheNodeHolds() {
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords");
            List<TokenRecord> records = gen.list(MOST, Records::any);
            if (records.isEmpty()) {
                return;
            }
            writer.write(Records.batch(records));
            try (Connection connection = SqlConnections.openToRead(settings)) {
                NodeReader reader = new NodeReader(connection, settings.dialect());
                assertThat(reader.sums(Digests.NODE)).isEqualTo(Digests.sums(Digests.NODE, records));
                Map<String, RowFields> living = new HashMap<>();
                reader.rows(Digests.NODE, EVERY, row -> {
                    if (!row.isGone()) {
                        living.put(row.tokenId(), row.fields());
                    }
                });
                Map<String, RowFields> expected = new HashMap<>();
                Digests.living(Digests.NODE, records).forEach((key, state) -> expected.put(key.tokenId(),
                        RowFields.of(state.row().fields())));
                assertThat(living).isEqualTo(expected);
            }
        });
    }

    @Test
    void rowsThatAreGoneAreToldAsSuch() throws Exception {
        writer.write(Records.batch(Records.upsert("here", 5, "did"), Records.upsert("gone", 5, "did")));
        writer.write(Records.batch(Records.delete("gone", 6)));
        List<AuditedRow> rows = rows(Digests.NODE, EVERY);
        assertThat(rows).extracting(AuditedRow::tokenId).containsExactlyInAnyOrder("here", "gone");
        assertThat(rows).filteredOn(AuditedRow::isGone).singleElement().satisfies(row -> {
            assertThat(row.tokenId()).isEqualTo("gone");
            assertThat(row.deletedAt()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{7}");
        });
        BitSet chosen = new BitSet();
        chosen.set(BucketSums.bucket("here", BucketSums.FINEST));
        assertThat(rows(Digests.NODE, chosen)).extracting(AuditedRow::tokenId).containsExactly("here");
        assertThat(rows(OTHER, EVERY)).isEmpty();
    }

    private List<AuditedRow> rows(Node node, BitSet chosen) throws SQLException {
        List<AuditedRow> rows = new ArrayList<>();
        try (Connection connection = SqlConnections.openToRead(settings)) {
            new NodeReader(connection, settings.dialect()).rows(node, chosen, rows::add);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"did = 'another'", "did = NULL", "token_status = ''", "token_kind = NULL",
            "created_at = '2026-03-29 01:30:00.1234568'", "updated_at = NULL", "validation_errors = '[\"x\"]'",
            "validation_errors = '[]'", "validation_errors = 'no json'", "transaction_owner = 'x'",
            "deleted_version = 9, deleted_at = '2026-03-29 01:30:00.0000000'"})
    void whatIsChangedByHandShowsInItsBucket(String change) throws Exception {
        List<TokenRecord> records = tokens(200);
        writer.write(Records.batch(records));
        table.run("UPDATE dbo.TokenRecords SET " + change + " WHERE token_id = 't7'");
        BitSet differing = verifier.table().sums(Digests.NODE).reduced(BUCKETS)
                .differing(Digests.sums(Digests.NODE, records).reduced(BUCKETS));
        assertThat(differing.stream()).containsExactly(BucketSums.bucket("t7", BUCKETS));
        RowFields held = RowFields.of(Records.row("did"));
        assertThat(rows(Digests.NODE, EVERY)).filteredOn(row -> row.isGone() || !row.fields().equals(held))
                .extracting(AuditedRow::tokenId).containsExactly("t7");
    }

    @Test
    void rowsAndDeletionsThatAreNewerAreToldByTheirBuckets() throws Exception {
        writer.write(Records.batch(Records.upsert("old", 5, "did"), Records.upsert("new", 6, "did"),
                Records.upsert("gone", 5, "did"), Records.upsert("ahead", 21, "did")));
        writer.write(Records.batch(Records.delete("gone", 20)));
        BitSet newer = verifier.table().newer(Digests.NODE, 5, 20, BUCKETS);
        assertThat(newer.stream()).containsExactlyInAnyOrder(BucketSums.bucket("new", BUCKETS),
                BucketSums.bucket("gone", BUCKETS));
        assertThat(newer.get(BucketSums.bucket("old", BUCKETS))).isFalse();
    }

    @Test
    void theRowsOfTheChosenBucketsAreGiven() throws Exception {
        List<TokenRecord> records = tokens(500);
        writer.write(Records.batch(records));
        writer.write(Records.batch(Records.delete("t3", 9_000)));
        BitSet chosen = new BitSet();
        chosen.set(3, 20);
        List<TableRow> rows = verifier.table().rows(Digests.NODE, chosen, BUCKETS, 1_000);
        assertThat(rows).containsExactlyInAnyOrderElementsOf(records.stream()
                .filter(record -> chosen.get(BucketSums.bucket(record.key().tokenId(), BUCKETS)))
                .filter(record -> !record.key().tokenId().equals("t3"))
                .map(record -> new TableRow(record.key().tokenId(),
                        RowDigest.of(record.key().tokenId(), Records.row("did")), record.recordVersion()))
                .toList()).isNotEmpty();
        assertThat(verifier.table().rows(Digests.NODE, ALL, BUCKETS, 7)).hasSize(7);
        assertThat(verifier.table().rows(OTHER, ALL, BUCKETS, 7)).isEmpty();
    }

    @Test
    void aVerificationIsWrittenOnce() throws Exception {
        verifier.store().add(verification(Digests.AGENT, 7, Outcome.UNSETTLED, 1));
        verifier.store().add(verification(Digests.AGENT, 7, Outcome.EQUAL, 2));
        assertThat(table.query("SELECT outcome FROM dbo.NodeVerifications")).containsExactly("unsettled");
        assertThat(
                table.query("SELECT CONCAT(source_ip, '|', node_name, '|', watermark, '|', started_by, '|', node_rows,"
                        + " '|', table_rows, '|', buckets, '|', buckets_differing, '|', buckets_unsettled, '|', rows_republished,"
                        + " '|', rows_deleted, '|', rows_deferred, '|', agent_id) FROM dbo.NodeVerifications"))
                .containsExactly("10.0.0.1|node1|7|schedule|0|0|64|2|1|0|0|0|" + Digests.AGENT);
        assertThat(table.query("SELECT node_digest FROM dbo.NodeVerifications")).containsExactly(NO_ROWS.digest());
        assertThat(table.query("SELECT as_of FROM dbo.NodeVerifications").getFirst().toString())
                .startsWith("2026-03-29 02:00:00.123456");
        assertThat(table.query("SELECT duration_seconds FROM dbo.NodeVerifications")).containsExactly(1.5);
    }

    @Test
    void theLatestOfANodeIsShownWithTheOneBeforeIt() throws Exception {
        assertThat(verifier.store().standing()).isEqualTo(new Standing(0, 0, 0, 0));
        verifier.store().add(verification(Digests.AGENT, 7, Outcome.EQUAL, 1));
        verifier.store().add(verification(Digests.AGENT, 8, Outcome.DIFFERS, 2));
        assertThat(verifier.store().standing()).isEqualTo(new Standing(1, 1, 0, 0));
        verifier.store().add(verification(Digests.AGENT, 9, Outcome.DIFFERS, 3));
        assertThat(verifier.store().standing()).isEqualTo(new Standing(1, 1, 1, 0));
        assertThat(table.query("SELECT CONCAT(outcome, '|', previous_outcome, '|', watermark)"
                + " FROM dbo.vw_NodeVerification")).containsExactly("differs|differs|9");
        assertThat(table.query("SELECT last_equal_as_of FROM dbo.vw_NodeVerification").getFirst().toString())
                .startsWith("2026-03-29 02:00:00.123456");
        verifier.store().add(verification(Digests.OTHER_AGENT, 6, Outcome.CONTESTED, 4));
        assertThat(verifier.store().standing()).isEqualTo(new Standing(1, 0, 0, 1));
    }

    @Test
    void theAgentsOfANodeAreToldTheLatestFirst() throws Exception {
        verifier.store().add(verification(Digests.AGENT, 7, Outcome.EQUAL, 1));
        verifier.store().add(verification(Digests.OTHER_AGENT, 5, Outcome.EQUAL, 2));
        verifier.store().add(verification(Digests.AGENT, 9, Outcome.EQUAL, 3));
        assertThat(verifier.store().agents(Digests.NODE, 9, 5)).containsExactly(Digests.OTHER_AGENT, Digests.AGENT);
        assertThat(verifier.store().agents(Digests.NODE, 1, 1)).containsExactly(Digests.AGENT);
        assertThat(verifier.store().agents(OTHER, 1, 5)).isEmpty();
    }

    @Test
    void oldOnesAreDeletedExceptTheLatestOfANode() throws Exception {
        verifier.store().add(verification(Digests.AGENT, 7, Outcome.EQUAL, 1));
        verifier.store().add(verification(Digests.AGENT, 8, Outcome.EQUAL, 2));
        verifier.store().add(verification(Digests.AGENT, 9, Outcome.EQUAL, 3));
        Instant later = Digests.AS_OF.plus(Duration.ofDays(100));
        assertThat(verifier.store().deleteSome(Digests.AS_OF)).isEqualTo(new Deleted(0, true));
        assertThat(verifier.store().deleteSome(later)).isEqualTo(new Deleted(2, false));
        assertThat(verifier.store().deleteSome(later)).isEqualTo(new Deleted(0, true));
        assertThat(table.query("SELECT CONCAT(watermark, '') FROM dbo.NodeVerifications")).containsExactly("9");
    }

    private static NodeVerification verification(String agent, long watermark, Outcome outcome, int minute) {
        NodeDigest digest = Digests.of(agent, watermark, NO_ROWS);
        BitSet differing = new BitSet();
        differing.set(3);
        differing.set(5);
        BitSet unsettled = new BitSet();
        unsettled.set(5);
        return new NodeVerification(digest, new Comparison(NO_ROWS, differing, unsettled,
                Digests.AS_OF.plus(Duration.ofMinutes(minute)), Duration.ofMillis(1_500)), outcome);
    }

    private static List<TokenRecord> tokens(int count) {
        return IntStream.range(0, count).mapToObj(i -> Records.upsert("t" + i, i + 1L, "did")).toList();
    }
}
