package io.tokensync.scanner.diff;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestWatch;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.sqlite.DatabaseOpener;
import io.tokensync.scanner.source.sqlite.TokenReader;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.RejectionMark;
import io.tokensync.scanner.state.ScanCheckpoint;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.TrackedDatabase.Held;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.scanner.verify.DigestedRows;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Two sorted lists read side by side tell what two maps do: which rows are new, changed, missing, rejected and the same. */
class RowDiffPropertyTest {
    private static final StatusFilter FILTER = new StatusFilter(Set.of(0L, 1L, 2L), Set.of());
    private static final Map<TokenTable, String> TABLES = new TreeMap<>(Map.of(TokenTable.TOKENS, "TokensTable",
            TokenTable.NFT, "NFTTokensTable"));
    private static final int ROUNDS = 4;
    /** Columns in which NULL and the empty text are the same. */
    private static final Set<TokenColumn> EMPTY_IS_NULL = Set.of(TokenColumn.DID, TokenColumn.PARENT_TOKEN_ID,
            TokenColumn.TOKEN_STATE_HASH, TokenColumn.TRANSACTION_ID);

    @TempDir
    Path directory;
    private final AtomicInteger cases = new AtomicInteger();

    @Test
    void theDifferenceIsThatOfTwoMapsAndNoneWhenItHasBeenApplied() {
        Property.forAll(40, gen -> {
            Path home = Files.createDirectory(directory.resolve("case" + cases.incrementAndGet()));
            try (TestNode node = TestNode.create(home, "n");
                    StateDirectory states = StateDirectory.take(home.resolve("state"), LateClock.create());
                    StateStore state = states.open()) {
                node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
                Run run = new Run(node, state.database("n", "/n"), home.resolve("copies"));
                for (int round = 0; round < ROUNDS; round++) {
                    gen.list(60, g -> g).forEach(g -> edit(g, node));
                    run.compare(gen.flag() ? FILTER : StatusFilter.ALL);
                    run.assertNothingDiffers();
                }
            }
        });
    }

    @Test
    void aHashDiffersExactlyWhenAStoredValueDoes() {
        RowHash hash = new RowHash("10.0.0.1", "n");
        Property.forAll(2_000, gen -> {
            RawRow one = row(gen);
            RawRow other = gen.percent(70) ? withAnother(gen, one) : row(gen);
            assertThat(hash.of(one) == hash.of(other)).as("%s and %s", one.toMap(), other.toMap())
                    .isEqualTo(meaning(one).equals(meaning(other)));
            assertThat(new RowHash("10.0.0.1", "other").of(one)).isNotEqualTo(hash.of(one));
        });
    }

    private static RawRow row(Gen gen) {
        Object[] values = new Object[TokenColumn.COUNT];
        Arrays.setAll(values, _ -> value(gen));
        return new RawRow(gen.oneOf(TokenTable.values()), gen.number(), values, true, false);
    }

    private static RawRow withAnother(Gen gen, RawRow row) {
        Object[] values = Arrays.stream(TokenColumn.values()).map(row::value).toArray();
        values[gen.integer(0, values.length - 1)] = value(gen);
        return new RawRow(row.table(), gen.number(), values, true, false);
    }

    /** Values that are easily taken for each other. */
    private static Object value(Gen gen) {
        return gen.oneOf(null, "", "0", 0L, 0.0, "a", "b", "a\u0000", "abcdefgh", "abcdefghi", 1L, -1L, 1.0,
                Double.longBitsToDouble(1), "\u00e9", "e\u0301");
    }

    private static List<Object> meaning(RawRow row) {
        List<Object> meaning = new ArrayList<>(List.of(row.table()));
        for (TokenColumn column : TokenColumn.values()) {
            Object value = row.value(column);
            meaning.add("".equals(value) && EMPTY_IS_NULL.contains(column) ? null : value);
        }
        return meaning;
    }

    private static void edit(Gen gen, TestNode node) {
        String table = gen.oneOf(List.copyOf(TABLES.values()));
        Object id = gen.percent(80)
                ? TestNode.id(gen.integer(0, 25))
                : gen.oneOf(null, "", " ", "blank ", "x".repeat(600), new byte[]{1, 2});
        switch (gen.integer(0, 3)) {
            case 0 -> node.execute("DELETE FROM " + table + " WHERE rowid = ?", gen.integer(-5, 30));
            case 1 -> node.execute("UPDATE OR REPLACE " + table + " SET token_id = ? WHERE rowid = ?", id,
                    gen.integer(-5, 30));
            default -> node.execute(
                    "INSERT OR REPLACE INTO " + table + " (rowid, token_id, did, token_status) VALUES (?, ?, ?, ?)",
                    gen.integer(-5, 30), id, gen.oneOf(null, "", TestNode.DID, "other", "x".repeat(1_001)),
                    gen.integer(0, 4));
        }
    }

    /**
     * What a diff tells, without the order.
     *
     * @param changed keys, and whether they are new
     * @param rejected places
     */
    private record Told(Map<PublishedKey, Boolean> changed, Set<PublishedKey> missing, Set<String> rejected,
            long unchanged, long leftOut) {}

    /** One case: what is published, as a map. */
    private static final class Run {
        private final TestNode node;
        private final DatabaseStore store;
        private final DatabaseOpener opener;
        private final Map<PublishedKey, List<Object>> published = new HashMap<>();
        private StatusFilter filter;
        private long version;
        private int notifiedOf;

        Run(TestNode node, DatabaseStore store, Path copies) {
            this.node = node;
            this.store = store;
            this.opener = new DatabaseOpener(ReadingConfig.DEFAULT, copies, TestWatch.create(), LateClock.create(),
                    _ -> {});
        }

        void compare(StatusFilter wanted) throws Exception {
            filter = wanted;
            Map<PublishedKey, List<Object>> values = new HashMap<>();
            Told expected = expected(values);
            assertThat(diff()).isEqualTo(expected);
            expected.missing().forEach(published::remove);
            expected.changed().keySet().forEach(key -> published.put(key, values.get(key)));
        }

        void assertNothingDiffers() throws Exception {
            int told = notifiedOf;
            Told again = diff();
            assertThat(again.changed()).isEmpty();
            assertThat(again.missing()).isEmpty();
            assertThat(again.unchanged()).isEqualTo(published.size());
            assertThat(notifiedOf).as("rejected rows that are dead-lettered twice").isEqualTo(told);
        }

        /** From the rows of the node, one by one; and their values. */
        private Told expected(Map<PublishedKey, List<Object>> values) throws SQLException {
            Map<PublishedKey, Boolean> changed = new HashMap<>();
            Set<PublishedKey> missing = new HashSet<>(published.keySet());
            Set<String> rejected = new HashSet<>();
            long unchanged = 0;
            long leftOut = 0;
            for (RawRow row : rows()) {
                PublishedKey key = row.idIsText()
                        ? new PublishedKey(row.table().number(), row.rowid(), row.id())
                        : null;
                boolean known = published.containsKey(key);
                List<Object> now = Arrays.asList("".equals(row.value(TokenColumn.DID))
                        ? null
                        : row.value(TokenColumn.DID), row.value(TokenColumn.TOKEN_STATUS));
                if (!known && !filter.codes().isEmpty()
                        && !filter.codes().contains((Long) row.value(TokenColumn.TOKEN_STATUS))) {
                    leftOut++;
                } else if (!isWritable(row) || row.isIdInEarlierTable()) {
                    rejected.add(place(row));
                } else if (known && now.equals(published.get(key))) {
                    missing.remove(key);
                    unchanged++;
                } else {
                    missing.remove(key);
                    changed.put(key, !known);
                    values.put(key, now);
                }
            }
            return new Told(changed, missing, rejected, unchanged, leftOut);
        }

        private List<RawRow> rows() throws SQLException {
            List<RawRow> rows = new ArrayList<>();
            Set<String> earlier = new HashSet<>();
            for (Map.Entry<TokenTable, String> table : TABLES.entrySet()) {
                try (Statement statement = node.connection().createStatement();
                        ResultSet stored = statement.executeQuery("SELECT rowid, token_id, did, token_status FROM "
                                + table.getValue())) {
                    while (stored.next()) {
                        Object[] values = new Object[TokenColumn.COUNT];
                        values[TokenColumn.TOKEN_ID.position()] = stored.getObject(2);
                        values[TokenColumn.DID.position()] = stored.getObject(3);
                        values[TokenColumn.TOKEN_STATUS.position()] = stored.getLong(4);
                        rows.add(new RawRow(table.getKey(), stored.getLong(1), values,
                                stored.getObject(2) instanceof String, earlier.contains(stored.getString(2))));
                    }
                }
                rows.stream().filter(Run::isWritable).forEach(row -> earlier.add(row.id()));
            }
            return rows;
        }

        private static boolean isWritable(RawRow row) {
            return row.idIsText() && !row.id().isBlank() && !row.id().endsWith(" ")
                    && row.id().length() <= ColumnLimits.TOKEN_ID && !(row.value(TokenColumn.DID) instanceof String did
                            && did.length() > ColumnLimits.DID);
        }

        private static String place(RawRow row) {
            return row.table() + " " + row.rowid();
        }

        /** Runs a diff and remembers what it tells, as a scan does. */
        private Told diff() throws Exception {
            RowCounts counts = new RowCounts();
            Told told = new Told(new HashMap<>(), new HashSet<>(), new HashSet<>(), 0, 0);
            List<PublishedRow> rows = new ArrayList<>();
            List<RejectionMark> marks = new ArrayList<>();
            store.beginScan();
            try (TokenReader reader = opener.open(node.file())) {
                RowDiff diff = new RowDiff(reader, store, new RowHash("n"), filter, counts,
                        DigestedRows.none());
                for (RowChange change = diff.next(); change != null; change = diff.next()) {
                    switch (change) {
                        case RowChange.Changed changed -> {
                            told.changed.put(changed.key(), changed.before() == null);
                            rows.add(new PublishedRow(changed.key(), changed.hash(), ++version));
                        }
                        case RowChange.Missing(PublishedKey key) -> told.missing.add(key);
                        case RowChange.Rejected rejected -> {
                            RawRow raw = rejected.raw();
                            marks.add(new RejectionMark(raw.table().number(), raw.rowid(), rejected.hash()));
                            told.rejected.add(place(raw));
                            notifiedOf += rejected.known() ? 0 : 1;
                        }
                    }
                }
            }
            store.apply(0, new StateChanges(rows, List.copyOf(told.missing), marks));
            HandClock clock = LateClock.create();
            store.endScan(new ScanCheckpoint(null, Held.NONE, 0, clock.instant(), clock.instant()));
            return new Told(told.changed, told.missing, told.rejected, counts.unchanged(), counts.leftOut());
        }
    }
}
