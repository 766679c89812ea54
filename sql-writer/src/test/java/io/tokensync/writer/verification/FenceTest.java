package io.tokensync.writer.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.testkit.time.HandClock;
import io.tokensync.writer.verification.Fence.Hop;

import static org.assertj.core.api.Assertions.assertThat;

class FenceTest {
    private static final Hop ENRICHER = new Hop("enricher", "scanned");
    private static final Hop WRITER = new Hop("writer", "enriched");
    private static final long NONE = 0;

    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final StageStatus status = new StageStatus(clock);
    private final List<String> asked = new ArrayList<>();
    private final Deque<List<PartitionLag>> answers = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final List<Boolean> moving = new ArrayList<>();
    private final Fence fence = new Fence(List.of(ENRICHER, WRITER), this::answer, status, this::sleep, clock);

    private List<PartitionLag> answer(Hop hop) {
        asked.add(hop.group());
        return answers.removeFirst();
    }

    private void sleep(Duration pause) {
        pauses.add(pause);
        clock.advance(pause);
        states.add(status.snapshot().state());
        moving.add(fence.isMoving());
    }

    private static List<PartitionLag> at(long committed, long end, long written) {
        return List.of(lag(0, committed, end, written), lag(1, NONE, NONE, NONE));
    }

    private static PartitionLag lag(int partition, long committed, long end, long written) {
        return new PartitionLag(new TopicPartition("t", partition), committed, end, written);
    }

    @Test
    void whatIsWorkedOffIsPassedAtOnceTheFirstStageFirst() throws Exception {
        answers.addAll(List.of(at(5, 5, 5), at(9, 9, 9)));
        fence.pass();
        assertThat(asked).containsExactly("enricher", "writer");
        assertThat(pauses).isEmpty();
        assertThat(status.snapshot().state()).isEqualTo(State.RUNNING);
        assertThat(fence.waitsFor()).isEmpty();
    }

    @Test
    void theEndsAreThoseOfTheFirstQuestionAndOfAllThatIsWritten() throws Exception {
        // What comes later is not waited for; an open transaction is.
        answers.addAll(List.of(at(5, 5, 8), at(7, 9, 20), at(8, 9, 30)));
        answers.addAll(List.of(at(1, 2, 3), at(3, 9, 9)));
        fence.pass();
        assertThat(asked).containsExactly("enricher", "enricher", "enricher", "writer", "writer");
        assertThat(states).containsOnly(State.WAITING);
        assertThat(moving).containsOnly(true);
        assertThat(answers).isEmpty();
    }

    @Test
    void itSaysWhatItWaitsForAndWhenThatStandsStill() throws Exception {
        answers.add(at(5, 1_505, 1_505));
        for (int i = 0; i < 200; i++) {
            answers.add(at(5, 1_505, 1_505));
        }
        answers.addAll(List.of(at(1_505, 1_505, 1_505), at(0, 0, 0)));
        List<String> said = new ArrayList<>();
        Fence watched = new Fence(List.of(ENRICHER, WRITER), this::answer, status, pause -> {
            sleep(pause);
            said.add(status.snapshot().cause());
        }, clock);
        watched.pass();
        assertThat(said).contains("nodes are verified when enricher has worked off 1,500 more offsets of scanned");
        assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(5));
        assertThat(watched.isMoving()).isFalse();
    }

    @Test
    void aStageThatStandsStillForLongIsNoMatterOfCourse() throws Exception {
        for (int i = 0; i < 200; i++) {
            answers.add(at(5, 9, 9));
        }
        answers.addAll(List.of(at(9, 9, 9), at(0, 0, 0)));
        fence.pass();
        assertThat(moving).startsWith(true).endsWith(false);
    }

    @Test
    void aTopicThatWasMadeAnewIsNotWaitedForBeyondItsEnd() throws Exception {
        answers.addAll(List.of(at(5, 100, 100), at(0, 2, 2), at(2, 2, 2), at(0, 0, 0)));
        fence.pass();
        assertThat(asked).containsExactly("enricher", "enricher", "enricher", "writer");
    }
}
