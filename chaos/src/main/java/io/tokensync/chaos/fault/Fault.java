package io.tokensync.chaos.fault;

import java.util.List;

/**
 * Something that goes wrong now and is put right later.
 *
 * @param subject what it happens to, for people
 * @param begin makes it go wrong
 * @param end puts it right; what another fault has put right already stays so
 */
public record Fault(String subject, Runnable begin, Runnable end) {

    /** Faults that begin and end together. */
    static Fault all(List<Fault> faults) {
        return new Fault(String.join(", ", faults.stream().map(Fault::subject).toList()),
                () -> faults.forEach(fault -> fault.begin.run()), () -> faults.forEach(fault -> fault.end.run()));
    }
}
