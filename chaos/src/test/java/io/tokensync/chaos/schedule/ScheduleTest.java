package io.tokensync.chaos.schedule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTest {
    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);
    private static final int ROUNDS = 200;

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(rounds(7, ALL)).isEqualTo(rounds(7, ALL));
        assertThat(rounds(7, ALL)).isNotEqualTo(rounds(8, ALL));
    }

    @Test
    void everyKindComesBeforeOneComesAgain() {
        List<FaultKind> kinds = rounds(7, ALL).stream().flatMap(round -> round.faults().stream())
                .map(PlannedFault::kind).toList();
        for (int i = 0; i + ALL.size() <= kinds.size(); i += ALL.size()) {
            assertThat(kinds.subList(i, i + ALL.size())).doesNotHaveDuplicates();
        }
    }

    @Test
    void aKindThatIsNotPossibleDoesNotCome() {
        Set<FaultKind> possible = EnumSet.complementOf(EnumSet.of(FaultKind.CLOCK_STEPPED));
        assertThat(faults(7, possible)).noneMatch(fault -> fault.kind() == FaultKind.CLOCK_STEPPED);
    }

    @Test
    void everyFaultLastsAsLongAsItsKindMay() {
        assertThat(faults(7, ALL)).allSatisfy(fault -> assertThat(fault.length())
                .isBetween(fault.kind().shortest(), fault.kind().longest()));
    }

    @Test
    void someHappenSideBySide() {
        assertThat(rounds(7, ALL)).extracting(round -> round.faults().size()).contains(1, 2).doesNotContain(0, 3);
    }

    private static List<PlannedFault> faults(long seed, Set<FaultKind> kinds) {
        return rounds(seed, kinds).stream().flatMap(round -> round.faults().stream()).toList();
    }

    private static List<Round> rounds(long seed, Set<FaultKind> kinds) {
        Schedule schedule = new Schedule(seed, kinds);
        return new ArrayList<>(Stream.generate(schedule::next).limit(ROUNDS).toList());
    }
}
