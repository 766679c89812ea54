package io.tokensync.cli.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.KindAnswer;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an audit says of a question that is not answered, or not in time. */
abstract class AuditAnswersContract extends AuditContract {
    @Test
    void aKindWhoseTableIsNotThereSaysSoWithoutSecretsAndTheOthersAreFound() throws Exception {
        row("p", "n1", "0", "whole", "1.0", null);
        row("p1", "n1", "0", "part", "0.4", "p");
        run("DROP VIEW dbo.vw_FreeOnSeveralNodes");
        AuditAnswers answers = auditor(settings()).find(List.of(FindingKind.values()), Rows.first(1));
        assertThat(answers.each()).extracting(KindAnswer::kind).containsExactly(FindingKind.values());
        assertThat(answers.unanswered()).singleElement().satisfies(missing -> {
            assertThat(missing.kind()).isEqualTo(FindingKind.FREE_ON_SEVERAL_NODES);
            assertThat(missing.reason()).contains("schema validate").doesNotContain("jdbc:");
        });
        assertThat(answers.findings()).filteredOn(finding -> finding.rows() > 0).extracting(Finding::kind)
                .contains(FindingKind.PARENT_STILL_FREE);
    }

    @Test
    void whatNothingAnswersIsSaidOnce() throws Exception {
        run("DROP VIEW dbo.vw_FreeOnSeveralNodes");
        run("DROP VIEW dbo.vw_PartsAgainstParent");
        assertThatThrownBy(() -> auditor(settings()).find(
                List.of(FindingKind.FREE_ON_SEVERAL_NODES, FindingKind.PARTS_EXCEED_PARENT), Rows.first(1)))
                .isInstanceOf(AuditException.class).hasMessageContaining("asked for each of 2 kinds")
                .hasMessageContaining("schema validate").hasMessageNotContaining("jdbc:");
    }

    @Test
    void aCancelledAuditorAsksNothingMore() {
        AuditDatabase auditor = auditor(settings());
        auditor.cancel();
        assertThatThrownBy(() -> auditor.find(List.of(FindingKind.QUIET_NODES), Rows.first(1)))
                .isInstanceOf(AuditException.class).hasMessageContaining("57014");
    }

    /** Makes the question about tokens free on several nodes one that does not end. */
    abstract void makeEndless() throws Exception;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aKindThatTakesTooLongIsEndedAndTheOthersAreFound() throws Exception {
        row("a", "n1", "2302", "whole", "1.0", null);
        makeEndless();
        AuditAnswers answers = auditor(settings().unhurried(Duration.ofSeconds(1)))
                .find(List.of(FindingKind.FREE_ON_SEVERAL_NODES, FindingKind.OUTSIDE_LIMITS), Rows.first(1));
        assertThat(answers.unanswered()).singleElement().satisfies(missing -> {
            assertThat(missing.kind()).isEqualTo(FindingKind.FREE_ON_SEVERAL_NODES);
            assertThat(missing.reason()).contains("took longer than 1 s", "monitor.sql.query-timeout");
        });
        assertThat(answers.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.OUTSIDE_LIMITS);
            assertThat(finding.rows()).isEqualTo(1);
        });
    }

    /** Without an end of its own: the question runs until it is cancelled. */
    @Test
    void anAuditThatGoesOnIsEnded() throws Exception {
        makeEndless();
        CountDownLatch connected = new CountDownLatch(1);
        InstantSource askedWhenConnected = () -> {
            connected.countDown();
            return Instant.now();
        };
        AuditDatabase auditor = new AuditDatabase(settings().unhurried(Duration.ofHours(6)), Duration.ofHours(24),
                askedWhenConnected.withZone(ZoneOffset.UTC));
        FutureTask<AuditAnswers> audit = new FutureTask<>(() -> auditor
                .find(List.of(FindingKind.FREE_ON_SEVERAL_NODES, FindingKind.OUTSIDE_LIMITS), Rows.first(1)));
        Thread.ofPlatform().daemon().start(audit);
        connected.await();
        auditor.cancel();
        assertThatThrownBy(() -> audit.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(AuditException.class);
    }
}
