package io.tokensync.monitor.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.monitor.audit.AuditView.Open;
import io.tokensync.monitor.audit.AuditView.State;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

/** One audit after the other, of which some have no answer for a kind, or none at all. */
class AuditWatchTest {
    private static final Finding FREE = new Finding(FindingKind.FREE_ON_SEVERAL_NODES, 4, List.of(), List.of());
    private static final Finding QUIET = new Finding(FindingKind.QUIET_NODES, 2, List.of(), List.of());
    private static final Finding QUIET_NO_MORE = new Finding(FindingKind.QUIET_NODES, 0, List.of(), List.of());
    private static final Unanswered NO_FREE = new Unanswered(FindingKind.FREE_ON_SEVERAL_NODES, "it took too long");
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SECOND = FIRST.plusSeconds(900);
    private static final Instant THIRD = SECOND.plusSeconds(900);

    private final Deque<Auditor> rounds = new ArrayDeque<>();
    private final HandClock clock = new HandClock(FIRST);
    private final AuditWatch watch = new AuditWatch((kinds, rows) -> rounds.remove().find(kinds, rows), clock);

    @Test
    void aKindWithoutAnAnswerKeepsWhatWasFoundBeforeWithItsTimeAndTheOthersAreNew() {
        look(FIRST, FREE, QUIET);
        AuditView second = look(SECOND, NO_FREE, QUIET_NO_MORE);
        assertThat(second.state()).isEqualTo(State.DONE);
        assertThat(second.at()).isEqualTo(SECOND);
        assertThat(second.problem()).isNull();
        assertThat(second.findings()).containsExactly(FREE, QUIET_NO_MORE);
        assertThat(second.open()).containsExactly(new Open(NO_FREE, FIRST));
        assertThat(second.answeredAt(FindingKind.FREE_ON_SEVERAL_NODES)).contains(FIRST);
        assertThat(second.answeredAt(FindingKind.QUIET_NODES)).contains(SECOND);
        assertThat(look(THIRD, NO_FREE, QUIET).open()).containsExactly(new Open(NO_FREE, FIRST));
    }

    @Test
    void aKindThatWasNeverAnsweredHasNoFinding() {
        AuditView view = look(FIRST, NO_FREE, QUIET);
        assertThat(view.finding(FindingKind.FREE_ON_SEVERAL_NODES)).isEmpty();
        assertThat(view.answeredAt(FindingKind.FREE_ON_SEVERAL_NODES)).isEmpty();
        assertThat(view.open(FindingKind.FREE_ON_SEVERAL_NODES)).contains(new Open(NO_FREE, null));
    }

    @Test
    void theNextAnswerEndsIt() {
        look(FIRST, NO_FREE, QUIET);
        AuditView view = look(SECOND, FREE, QUIET);
        assertThat(view.open()).isEmpty();
        assertThat(view.findings()).containsExactly(FREE, QUIET);
    }

    @Test
    void anAuditThatFailsLeavesEverythingAsItWas() {
        look(FIRST, FREE, QUIET);
        look(SECOND, NO_FREE, QUIET);
        clock.set(THIRD);
        rounds.add((_, _) -> {
            throw new AuditException("the database has gone", null);
        });
        watch.look();
        AuditView failed = watch.get();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.problem()).isEqualTo("the database has gone");
        assertThat(failed.at()).isEqualTo(SECOND);
        assertThat(failed.findings()).containsExactly(FREE, QUIET);
        assertThat(failed.answeredAt(FindingKind.FREE_ON_SEVERAL_NODES)).contains(FIRST);
    }

    private AuditView look(Instant when, KindAnswer... answers) {
        clock.set(when);
        rounds.add((_, _) -> new AuditAnswers(List.of(answers)));
        watch.look();
        return watch.get();
    }
}
