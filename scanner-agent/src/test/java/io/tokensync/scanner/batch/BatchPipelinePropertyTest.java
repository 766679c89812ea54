package io.tokensync.scanner.batch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.scanner.content.BlockSource;
import io.tokensync.scanner.diff.RowChange;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.fixture.MortalState;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.VersionClock;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.scanner.verify.DigestedRows;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Random batches, some rows of which no broker takes, of agents that are killed at random points. */
class BatchPipelinePropertyTest {
    private static final int ROWS = 40;
    private static final int STATUSES = 6;
    /** Records with this status are too large. */
    private static final int TOO_LARGE = 5;
    private static final int SCANS = 6;

    @TempDir
    Path directory;
    private final AtomicInteger cases = new AtomicInteger();

    @Test
    void theStateBelievesNothingThatIsNotReceiptedAndForgetsNothingThatIsPublished() {
        Property.forAll(40, gen -> new Run(gen, directory.resolve("case" + cases.incrementAndGet())).run());
    }

    /** One case. */
    private static final class Run {
        private final Gen gen;
        private final Path stateDir;
        private final HandClock clock = LateClock.create();
        private final Topic topic = new Topic();
        private final MortalState.Fate fate = new MortalState.Fate();
        /** The status of each row of the node, by place. */
        private final int[] node = new int[ROWS];

        Run(Gen gen, Path stateDir) {
            this.gen = gen;
            this.stateDir = stateDir;
        }

        void run() throws InterruptedException {
            topic.rejectForSize(record -> record.change() instanceof Change.Upsert(var row)
                    && row.tokenStatus().equals(Integer.toString(TOO_LARGE)));
            for (int scan = 0; scan < SCANS; scan++) {
                boolean last = scan == SCANS - 1;
                for (int edits = gen.integer(0, ROWS); edits > 0; edits--) {
                    node[gen.integer(0, ROWS - 1)] = gen.integer(0, STATUSES - 1);
                }
                switch (last ? 0 : gen.integer(0, 3)) {
                    case 1 -> topic.crashAfterRecords(gen.integer(0, ROWS));
                    case 2 -> topic.crashAfterBatches(gen.integer(0, 12));
                    case 3 -> fate.dieAfter(gen.integer(0, 12), gen.flag());
                    default -> {
                        // This one lives.
                    }
                }
                process();
                topic.neverCrash();
                fate.live();
            }
            Map<String, Integer> stored = IntStream.range(0, ROWS).boxed().filter(row -> node[row] != TOO_LARGE)
                    .collect(Collectors.toMap(Run::id, row -> node[row]));
            Map<String, Integer> published = new HashMap<>();
            topic.table().forEach((key, row) -> published.put(key.tokenId(), Integer.valueOf(row.tokenStatus())));
            assertThat(published).isEqualTo(stored);
        }

        /** A process that scans once and lives or not. */
        private void process() throws InterruptedException {
            try (StateDirectory home = StateDirectory.take(stateDir, clock);
                    StateStore state = MortalState.in(home, fate).open()) {
                DatabaseStore store = state.database("n", "/n");
                store.beginScan();
                assertBelievedIsReceipted(store);
                assertPublishedIsKnown(store);
                scan(state, store);
                assertBelievedIsReceipted(store);
            } catch (Topic.Crash _) {
                // The next one goes on.
            }
        }

        private void scan(StateStore state, DatabaseStore store) throws InterruptedException {
            Map<PublishedKey, PublishedRow> known = rows(store).stream()
                    .collect(Collectors.toMap(PublishedRow::key, row -> row));
            ScanSession session = new ScanSession("10.0.0.1", "session", false, StatusFilter.ALL);
            DatabaseContext origin = DatabaseContext.unread(session, "n", "/n", clock.instant());
            RowCounts counts = new RowCounts();
            int rejectedBefore = topic.rejected().size();
            int recordsBefore = topic.records().size();
            BatchPipeline pipeline = new BatchPipeline(topic, store,
                    new ScanReceipts(topic, counts, origin, clock.instant()), _ -> {}, DigestedRows.none());
            BatchBuilder batch = new BatchBuilder(origin, BlockSource.NONE, new VersionClock(state, clock, 0), clock,
                    gen.integer(1, 10));
            long changed = 0;
            for (int row = 0; row < ROWS; row++) {
                RowChange.Changed change = changed(row, known);
                if (change.before() == null || change.before().hash() != change.hash()) {
                    batch.add(change);
                    changed++;
                }
                if (batch.isFull()) {
                    pipeline.send(batch);
                    batch = batch.next();
                }
            }
            pipeline.send(batch);
            pipeline.drain();
            assertThat(counts.published() + counts.rejectedNow() + counts.rejectedBefore()).isEqualTo(changed);
            assertThat(counts.published() + counts.deleted()).isEqualTo(topic.records().size() - recordsBefore);
            assertThat(counts.rejectedByReason().getOrDefault(RejectionReason.FIELD_TOO_LONG, 0L))
                    .isEqualTo(topic.rejected().size() - rejectedBefore);
        }

        /** Whatever the state believes to be published is on the topic, with its receipt. */
        private void assertBelievedIsReceipted(DatabaseStore store) {
            Set<Long> published = topic.records().stream().map(TokenRecord::recordVersion).collect(Collectors.toSet());
            VersionSet receipted = topic.receipts().stream()
                    .map(receipt -> ((Receipt.DatabaseScanned) receipt).versions())
                    .reduce(VersionSet.NONE, VersionSet::plus);
            for (PublishedRow row : rows(store)) {
                if (row.version() != 0) {
                    assertThat(published).contains(row.version());
                    assertThat(VersionSet.of(row.version()).minus(receipted)).isEqualTo(VersionSet.NONE);
                }
            }
        }

        /** Whatever is in the table can be deleted from it. */
        private void assertPublishedIsKnown(DatabaseStore store) {
            Set<String> known = new HashSet<>();
            rows(store).forEach(row -> known.add(row.key().tokenId()));
            assertThat(known).containsAll(topic.table().keySet().stream().map(key -> key.tokenId()).toList());
        }

        private RowChange.Changed changed(int row, Map<PublishedKey, PublishedRow> known) {
            Object[] values = new Object[TokenColumn.COUNT];
            values[TokenColumn.TOKEN_ID.position()] = id(row);
            RawRow raw = new RawRow(TokenTable.TOKENS, row, values, true, false);
            TokenRow fields = new TokenRow("did", Integer.toString(node[row]), null, null, TokenKind.WHOLE, null, null,
                    null, null, List.of());
            return new RowChange.Changed(raw, fields, 1 + node[row],
                    known.get(new PublishedKey(TokenTable.TOKENS.number(), row, id(row))));
        }

        private static String id(int row) {
            return "Qm" + row;
        }

        private static List<PublishedRow> rows(DatabaseStore store) {
            return store.rowsAfter(PublishedKey.FIRST, 10 * ROWS);
        }
    }
}
