package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.tokensync.writer.jdbc.WriteListener.Phase;

/** How long the parts of one batch took: a part that is done piece by piece is one. */
final class PhaseTimes {
    private final Map<Phase, Duration> times = new EnumMap<>(Phase.class);

    /** A part, or a piece of one. */
    interface SqlCallable<T> {
        T run() throws SQLException;
    }

    /** Runs it; one that fails took no time. */
    <T> T timed(Phase phase, SqlCallable<T> part) throws SQLException {
        long begin = System.nanoTime();
        T result = part.run();
        times.merge(phase, Duration.ofNanos(System.nanoTime() - begin), Duration::plus);
        return result;
    }

    /** Says each part that was done. */
    void tell(WriteListener listener) {
        times.forEach(listener::ended);
    }
}
