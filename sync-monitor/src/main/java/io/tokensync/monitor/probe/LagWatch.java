package io.tokensync.monitor.probe;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;

import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.kafka.admin.ConsumerLag;

/** Asks the broker how far the groups are behind. */
public final class LagWatch implements Supplier<Backlog> {
    /** An answer that is older says nothing of now. */
    private static final Duration STALE = Duration.ofSeconds(15);

    private final ConsumerLag lag;
    private final Map<String, Reading> readings;
    private final Clock clock;
    private volatile Backlog last = Backlog.UNKNOWN;

    /** Which group reads which topic. */
    public record Reading(String group, String topic) {}

    /**
     * @param admin stays the caller's
     * @param readings by stage
     */
    public LagWatch(Admin admin, Map<String, Reading> readings, Clock clock) {
        this.lag = new ConsumerLag(admin);
        this.readings = Map.copyOf(readings);
        this.clock = clock;
    }

    /** Asks; throws Kafka's exceptions, and what was known before stays for some seconds. */
    public void look() throws InterruptedException {
        Map<String, Long> records = new LinkedHashMap<>();
        for (Map.Entry<String, Reading> entry : readings.entrySet()) {
            records.put(entry.getKey(), total(entry.getValue()));
        }
        last = new Backlog(clock.instant(), records);
    }

    private long total(Reading reading) throws InterruptedException {
        try {
            return lag.total(reading.group(), List.of(reading.topic()));
        } catch (AuthorizationException e) {
            throw MissingRight.ofAdmin(e, reading.topic(), reading.group());
        }
    }

    /** The last answer; only when there was one once the broker is silent. */
    @Override
    public Backlog get() {
        Backlog answer = last;
        boolean stale = answer.asOf() != null && answer.asOf().plus(STALE).isBefore(clock.instant());
        return stale ? new Backlog(answer.asOf(), Map.of()) : answer;
    }
}
