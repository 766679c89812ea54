package io.tokensync.scanner.state.sqlite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/** Random calls of the state, opened again now and then: what it remembers is what a sorted map does. */
class StateModelTest {
    private static final String ALPHABET = "ab|\\Z\u0000\u00e9\u20ac\ud7ff\ue000\uffff";
    private static final int KEYS = 500;
    private static final int STEPS = 25;
    private static final int DATABASES = 2;

    @TempDir
    Path directory;
    private final AtomicInteger cases = new AtomicInteger();

    /** One case. */
    private static final class Run {
        private final Gen gen;
        private final List<PublishedKey> keys;
        private final List<TreeMap<PublishedKey, PublishedRow>> models = new ArrayList<>();
        private StateStore state;
        private long version;

        Run(Gen gen) {
            this.gen = gen;
            this.keys = gen.list(KEYS, Run::key);
            this.version = gen.oneOf(0L, 1_700_000_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE);
            for (int i = 0; i < DATABASES; i++) {
                models.add(new TreeMap<>());
            }
        }

        /** Several in one place, side by side, at both ends. */
        private static PublishedKey key(Gen gen) {
            long rowid = gen.oneOf(Long.MIN_VALUE, Long.MAX_VALUE, 0L, gen.number(-200, 200), gen.number(-200, 200),
                    gen.number());
            return new PublishedKey(gen.oneOf(0, 0, 1, 8), rowid, id(gen));
        }

        /** Ids as the hostile would choose them: prefixes of each other, in order by bytes and not by chars, long. */
        private static String id(Gen gen) {
            return switch (gen.integer(0, 5)) {
                case 0 -> gen.text(ALPHABET, 4) + "\ud83d\ude00" + gen.text(ALPHABET, 3);
                case 1 -> "a".repeat(gen.integer(1, 300));
                case 2 -> gen.text(ALPHABET, 4) + gen.oneOf("x", "\u20ac", "\ud800\udc00").repeat(500);
                case 3 -> "b" + gen.text(ALPHABET, 5);
                default -> "Qm" + gen.number() + "z".repeat(30);
            };
        }

        void open(StateDirectory home) {
            state = home.open();
        }

        DatabaseStore database(int number) {
            return state.database("n" + number, "/n" + number);
        }

        void step() {
            int number = gen.integer(0, DATABASES - 1);
            DatabaseStore database = database(number);
            switch (gen.integer(0, 9)) {
                case 0 -> breakOff(number);
                case 1 -> {
                    database.forget();
                    models.get(number).clear();
                }
                default -> apply(number);
            }
        }

        private void apply(int number) {
            List<PublishedRow> published = new ArrayList<>();
            List<PublishedKey> deleted = new ArrayList<>();
            int most = gen.percent(30) ? keys.size() : 5;
            for (PublishedKey key : some(most)) {
                if (gen.percent(70)) {
                    published.add(row(key));
                } else {
                    deleted.add(key);
                }
            }
            if (gen.percent(5)) {
                deleted.addAll(keys);
            }
            database(number).apply(0, new StateChanges(published, deleted, List.of()));
            published.forEach(row -> models.get(number).put(row.key(), row));
            deleted.forEach(models.get(number)::remove);
        }

        /** Says what it is going to publish, and does not come to it. */
        private void breakOff(int number) {
            DatabaseStore database = database(number);
            List<PublishedRow> published = some(20).stream().map(this::row).toList();
            List<PublishedKey> deleted = some(20);
            database.intend(published, deleted);
            database.beginScan();
            Map<PublishedKey, PublishedRow> model = models.get(number);
            published.forEach(row -> model.put(row.key(), row));
            long lowest = published.stream().mapToLong(PublishedRow::version).min().orElse(Long.MAX_VALUE);
            model.replaceAll((key, row) -> row.version() >= lowest ? PublishedRow.dirty(key) : row);
            deleted.forEach(key -> model.put(key, PublishedRow.dirty(key)));
        }

        /** Keys with repetitions; in order, as pages are, or not. */
        private List<PublishedKey> some(int most) {
            List<PublishedKey> some = new ArrayList<>();
            for (int i = gen.integer(0, most); i > 0; i--) {
                some.add(gen.oneOf(keys));
            }
            if (gen.flag()) {
                some.sort(null);
            }
            return some;
        }

        private PublishedRow row(PublishedKey key) {
            version += gen.percent(90) ? 1 : gen.number();
            return new PublishedRow(key, gen.number(), version);
        }

        void compare() {
            for (int number = 0; number < DATABASES; number++) {
                TreeMap<PublishedKey, PublishedRow> model = models.get(number);
                DatabaseStore database = database(number);
                assertThat(database.rowCount()).isEqualTo(model.size());
                List<PublishedRow> read = new ArrayList<>();
                int limit = gen.oneOf(7, 64, 1_000);
                List<PublishedRow> page = database.rowsAfter(PublishedKey.FIRST, limit);
                while (!page.isEmpty()) {
                    assertThat(page).hasSizeLessThanOrEqualTo(limit);
                    read.addAll(page);
                    page = database.rowsAfter(page.getLast().key(), limit);
                }
                assertThat(read).containsExactlyElementsOf(model.values());
                PublishedKey any = key(gen);
                assertThat(database.rowsAfter(any, 1))
                        .containsExactlyElementsOf(model.tailMap(any, false).values().stream().limit(1).toList());
            }
        }
    }

    @Test
    void theStateRemembersWhatASortedMapDoes() {
        Property.forAll(25, gen -> {
            Path place = directory.resolve("case" + cases.incrementAndGet());
            Run run = new Run(gen);
            try (StateDirectory home = StateDirectory.take(place, LateClock.create())) {
                run.open(home);
                for (int step = 0; step < STEPS; step++) {
                    run.step();
                    if (gen.percent(10)) {
                        run.state.close();
                        run.open(home);
                    }
                    run.compare();
                }
            } finally {
                run.state.close();
            }
        });
    }
}
