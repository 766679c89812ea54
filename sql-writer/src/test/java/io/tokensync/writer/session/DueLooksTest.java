package io.tokensync.writer.session;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.StandingProblem;

import static org.assertj.core.api.Assertions.assertThat;

class DueLooksTest {
    private final DueLooks looks = new DueLooks();

    @Test
    void aDayOfScanCycleesIsTwoWritesAnHour() {
        int writes = 0;
        for (int second = 0; second < 86_400; second += 30) {
            writes += write(Summaries.agent(Duration.ofSeconds(second)));
        }
        assertThat(writes).isEqualTo(48);
    }

    @Test
    void otherProblemsAreWrittenAtOnceAndOtherWordsAreNot() {
        assertThat(write(Summaries.agent(Duration.ofSeconds(1)))).isOne();
        assertThat(write(Summaries.agent(Duration.ofSeconds(2), Summaries.problem(1)))).isOne();
        StandingProblem same = Summaries.problem(1);
        assertThat(write(Summaries.agent(Duration.ofSeconds(3), new StandingProblem(same.kind(), same.path(),
                "other words", same.since(), same.lastSeen())))).isZero();
        assertThat(write(Summaries.agent(Duration.ofSeconds(2)))).as("an older scan cycle").isZero();
        assertThat(write(Summaries.agent(Duration.ofSeconds(4)))).isOne();
    }

    private int write(AgentSeen agent) {
        SessionBatch due = looks.of(SessionBatch.of(List.of(agent)));
        looks.written(due.agents());
        return due.agents().size();
    }
}
