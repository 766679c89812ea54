package io.tokensync.monitor.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.common.kafka.deadletter.StoredDeadLetter;

/** The newest dead letters of the topic, each once. One thread adds, any thread asks. */
public final class DeadLetterStore {
    /** In memory, with what was rejected. */
    public static final int MOST = 1_000;

    private final ConcurrentSkipListMap<Position, DeadLetterView> newest = new ConcurrentSkipListMap<>();
    private final String brokerOption;
    private volatile Supplier<String> state = () -> "the dead letters are not read: there is no page";

    private record Position(Instant time, int partition, long offset) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            int byTime = other.time.compareTo(time);
            int byPartition = byTime == 0 ? Integer.compare(partition, other.partition) : byTime;
            return byPartition == 0 ? Long.compare(other.offset, offset) : byPartition;
        }
    }

    /** @param brokerOption of the commands that are shown, which says where the broker is */
    public DeadLetterStore(String brokerOption) {
        this.brokerOption = brokerOption;
    }

    /** Says how to find out why they are not all here; null for no reason. */
    public void incompleteBecause(Supplier<String> reason) {
        state = reason;
    }

    /** Takes a record of the topic; one that is no dead letter is left out. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        StoredDeadLetter.read(record).ifPresent(stored -> {
            newest.put(new Position(stored.time(), record.partition(), record.offset()),
                    DeadLetterView.of(stored, brokerOption));
            while (newest.size() > MOST) {
                newest.pollLastEntry();
            }
        });
    }

    /** Those that fit, the newest first. */
    public List<DeadLetterView> find(Predicate<DeadLetterView> wanted) {
        return newest.values().stream().filter(wanted).toList();
    }

    /** Why some may be missing; null when none is but those before the newest. */
    public String problem() {
        return state.get();
    }
}
