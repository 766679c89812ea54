package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stages that are killed anywhere, receipts that come late, in any order or again: no session is called complete that is
 * not, none is left running when everything has come, and the counts are those of what was published.
 */
class FaultSchedulePropertyTest {
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    @Test
    void theVerdictIsTrueUnderEverySchedule() {
        Property.forAll(60, FaultSchedulePropertyTest::oneSchedule);
    }

    private static void oneSchedule(Gen gen) {
        Random random = new Random(gen.number(0, Long.MAX_VALUE / 2));
        Scan scan = new Scan("s1", "10.0.0.1", Monitor.T0);
        int databases = gen.integer(1, 3);
        List<Receipt> receipts = new ArrayList<>(List.of(scan.started(databases), scan.ended(databases)));
        List<Receipt> replays = new ArrayList<>();
        long published = 0;
        for (int i = 0; i < databases; i++) {
            VersionSet versions = VersionSet.range(1_000L * i + 1, 1_000L * i + 1 + gen.integer(i == 0 ? 1 : 0, 40));
            published += versions.size();
            database(scan, "/n" + i + "/Rubix/rubix.db", versions, random, receipts, replays);
        }
        Collections.shuffle(receipts, random);
        int killed = gen.integer(0, receipts.size());
        try (Monitor monitor = new Monitor(Timeouts.STANDARD)) {
            feed(monitor, receipts.subList(0, killed), random);
            assertCompleteOnlyIf(monitor, receipts.subList(killed, receipts.size()));
            feed(monitor, receipts.subList(killed, receipts.size()), random);
            assertComplete(monitor, published);
            Collections.shuffle(replays, random);
            feed(monitor, replays, random);
            assertComplete(monitor, published);
        }
    }

    private static void database(Scan scan, String path, VersionSet versions, Random random, List<Receipt> receipts,
            List<Receipt> replays) {
        long soFar = 0;
        List<VersionSet> pages = Scan.parts(versions, random);
        for (VersionSet page : pages) {
            soFar += page.size();
            receipts.add(scan.scanned(path, page, soFar, false));
        }
        receipts.add(scan.scanned(path, VersionSet.NONE, soFar, true));
        VersionSet lost = unreadable(versions, random);
        VersionSet readable = versions.minus(lost);
        VersionSet unwritten = unreadable(readable, random);
        VersionSet written = readable.minus(unwritten);
        Scan.parts(lost, random).forEach(part -> receipts.add(scan.unread("enricher", part)));
        Scan.parts(unwritten, random).forEach(part -> receipts.add(scan.unread("writer", part)));
        Scan.parts(readable, random).forEach(part -> receipts.add(scan.enriched(path, part)));
        Scan.parts(written, random).forEach(part -> receipts.add(scan.written(path, part)));
        Scan.parts(readable, random).forEach(part -> replays.add(scan.enriched(path, part)));
        Scan.parts(written, random).forEach(part -> replays.add(scan.writtenAgain(path, part)));
        Scan.parts(unwritten, random).forEach(part -> replays.add(scan.unread("writer", part)));
    }

    /** Now and then one, of those that can be told by key and header alone. */
    private static VersionSet unreadable(VersionSet versions, Random random) {
        return versions.isEmpty() || random.nextInt(3) > 0
                ? VersionSet.NONE
                : versions.between(versions.first(), versions.first() + 1);
    }

    /** Now and then something is repeated that the scanner, which alone may repeat itself, has said before. */
    private static void feed(Monitor monitor, List<Receipt> receipts, Random random) {
        for (Receipt receipt : receipts) {
            monitor.take(receipt);
            if (random.nextInt(4) == 0 && !(receipt instanceof Receipt.Written)) {
                monitor.take(receipt);
            }
            if (random.nextInt(3) == 0) {
                monitor.pass(Duration.ofSeconds(random.nextInt(20)));
            }
        }
        monitor.pass(A_WHILE);
    }

    /** What the writer has accounted for has passed the enricher, whether its word of that has come or not. */
    private static void assertCompleteOnlyIf(Monitor monitor, List<Receipt> missing) {
        boolean accountedFor = missing.stream()
                .allMatch(
                        receipt -> receipt instanceof Receipt.Enriched || receipt instanceof Receipt.ScanCycleStarted);
        monitor.session("s1").ifPresent(session -> assertThat(session.status().isComplete()).isEqualTo(accountedFor));
    }

    private static void assertComplete(Monitor monitor, long published) {
        SyncSession session = monitor.session("s1").orElseThrow();
        long lost = session.enriched().deadLettered();
        boolean clean = lost + session.written().deadLettered() == 0;
        assertThat(session.status())
                .isEqualTo(clean ? SessionStatus.COMPLETED : SessionStatus.COMPLETED_WITH_ERRORS);
        assertThat(session.scan().published()).isEqualTo(published);
        assertThat(session.enriched().rows()).isEqualTo(published);
        assertThat(session.written().inserted() + session.written().deadLettered() + lost).isEqualTo(published);
        assertThat(session.written().rows() + lost).isEqualTo(published);
        assertThat(session.inFlight().records()).isZero();
    }
}
