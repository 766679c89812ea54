package io.tokensync.monitor.watch;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.common.kafka.ConsumerLag;

/** Asks the broker how far the groups are behind. */
public final class LagWatch implements Supplier<Backlog> {
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

    /** Asks; throws Kafka's exceptions, and what was known before stays. */
    public void look() throws InterruptedException {
        Map<String, Long> records = new LinkedHashMap<>();
        for (Map.Entry<String, Reading> entry : readings.entrySet()) {
            Reading reading = entry.getValue();
            records.put(entry.getKey(), lag.total(reading.group(), List.of(reading.topic())));
        }
        last = new Backlog(clock.instant(), records);
    }

    @Override
    public Backlog get() {
        return last;
    }
}
