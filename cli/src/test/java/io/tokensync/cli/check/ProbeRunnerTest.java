package io.tokensync.cli.check;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;
import io.tokensync.cli.operator.ProbeGroup;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeRunnerTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final List<ProbeResult> heard = new ArrayList<>();

    @Test
    void everythingIsTriedSideBySide() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        Probe.Attempt waits = () -> "number " + together.await();
        List<ProbeGroup> alone = IntStream.range(0, 4).mapToObj(i -> ProbeGroup.of(probe("alone " + i, waits)))
                .toList();
        assertThat(run(LONG, alone)).hasSize(4).allMatch(ProbeResult::passed).isEqualTo(heard);
        List<Probe> rest = IntStream.range(0, 4).mapToObj(i -> probe("rest " + i, waits)).toList();
        assertThat(run(LONG, List.of(new ProbeGroup(probe("first", () -> "there"), rest)))).hasSize(5)
                .allMatch(ProbeResult::passed);
    }

    @Test
    void whatDoesNotAnswerHasFailedAndKeepsNothingWaiting() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ProbeGroup hangs = new ProbeGroup(probe("hangs", () -> {
            never.await();
            return "";
        }), List.of(probe("behind it", () -> "there")));
        List<ProbeResult> results = run(Duration.ofMillis(50), List.of(hangs));
        assertThat(results.getFirst().line()).startsWith("FAILED  hangs")
                .contains("somewhere: no answer within", "; see it");
        assertThat(results.getLast().line()).contains("not tried; see hangs");
    }

    @Test
    void aFailureSaysWhatHelps() throws Exception {
        List<ProbeResult> results = run(LONG, List.of(ProbeGroup.of(probe("one", () -> {
            throw new IOException("is broken");
        })), ProbeGroup.of(probe("two", () -> {
            throw new ProbeFailure("is wrong", "set it right");
        }))));
        assertThat(results.getFirst().line()).endsWith("somewhere: is broken; see it");
        assertThat(results.getLast().line()).endsWith("somewhere: is wrong; set it right");
        assertThat(results.getLast().fields()).containsEntry("cure", "set it right").containsEntry("passed", false);
    }

    private List<ProbeResult> run(Duration bound, List<ProbeGroup> groups) throws InterruptedException {
        return new ProbeRunner(bound, Clock.systemUTC()).run(groups, heard::add);
    }

    private static Probe probe(String name, Probe.Attempt attempt) {
        return new Probe(name, "somewhere", "see it", attempt);
    }
}
