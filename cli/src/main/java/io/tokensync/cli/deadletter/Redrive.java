package io.tokensync.cli.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.operator.TopicOffsets;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.deadletter.StoredDeadLetter;
import io.tokensync.common.time.Sleeper;

/**
 * Sends dead letters back in their order, slowly. Behind each group of acknowledged ones it commits how far it has come, for a
 * group named after the filter: a run that ends in the middle sends at most that group of dead letters twice, which changes
 * nothing in the table.
 */
final class Redrive {
    private static final String GROUP = KafkaAccess.REDRIVE_GROUPS;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int ACKNOWLEDGED_AT_ONCE = 100;

    private final KafkaAccess access;
    private final DeadLetterFilter filter;
    private final Limits limits;
    private final Sleeper sleeper;
    private final TopicOffsets offsets;
    private final Map<Integer, Long> done = new TreeMap<>();
    private final List<Future<RecordMetadata>> open = new ArrayList<>();
    private Producer<byte[], byte[]> producer;
    private long sent;
    private long looping;
    private long fromDatabases;
    private long gone;
    private long doubles;
    private final SourceRecords origins = new SourceRecords();
    private final Set<String> foreign = new TreeSet<>();
    private long toForeign;

    /**
     * @param rate dead letters a second
     * @param max dead letters to send
     * @param loops dead letters that were sent so often stay
     * @param dryRun whether to count only
     * @param again whether to begin at the first dead letter
     */
    record Limits(int rate, long max, int loops, boolean dryRun, boolean again) {}

    /**
     * @param sent acknowledged by the broker
     * @param looping came again too often
     * @param fromDatabases have no topic to go back to
     * @param gone what was rejected is no longer at its origin
     * @param doubles of a record that is sent already
     * @param toForeign name a topic that is none of the installation's
     * @param foreign those topics
     */
    record Counts(long sent, long looping, long fromDatabases, long gone, long doubles, long toForeign,
            Set<String> foreign) {}

    Redrive(KafkaAccess access, DeadLetterFilter filter, Limits limits, Sleeper sleeper) {
        this.access = access;
        this.filter = filter;
        this.limits = limits;
        this.sleeper = sleeper;
        this.offsets = new TopicOffsets(access.admin(), access.deadLetterTopic());
    }

    Counts run() throws InterruptedException {
        String group = GROUP + filter.name();
        Map<Integer, Long> from = limits.again ? Map.of() : offsets.committed(group);
        producer = limits.dryRun ? null : access.producer();
        access.reader().visit(access.deadLetterTopic(), from, record -> {
            Optional<StoredDeadLetter> deadLetter = StoredDeadLetter.read(record).filter(filter::test);
            if (deadLetter.isPresent()) {
                send(deadLetter.get());
            }
            done.put(record.partition(), record.offset() + 1);
            if (open.size() >= ACKNOWLEDGED_AT_ONCE) {
                commit(group);
            }
            return sent < limits.max;
        });
        commit(group);
        return new Counts(sent, looping, fromDatabases, gone, doubles, toForeign, foreign);
    }

    private void send(StoredDeadLetter deadLetter) throws InterruptedException {
        DeadLetter content = deadLetter.content();
        if (!(content.origin() instanceof DeadLetter.FromTopic from)) {
            fromDatabases++;
            return;
        }
        if (!access.isRead(from.topic())) {
            toForeign++;
            foreign.add(from.topic());
            return;
        }
        if (origins.add(deadLetter) > 1) {
            doubles++;
            return;
        }
        if (content.replays() >= limits.loops) {
            looping++;
            return;
        }
        Optional<ConsumerRecord<byte[], byte[]>> original = content.isPayloadLeftAtOrigin()
                ? access.reader().find(from.topic(), from.partition(), from.offset())
                : Optional.of(deadLetter.record());
        if (original.isEmpty()) {
            gone++;
            return;
        }
        sent++;
        if (producer != null) {
            open.add(producer.send(content.toOrigin(original.get())));
            sleeper.sleep(SECOND.dividedBy(limits.rate));
        }
    }

    private void commit(String group) throws InterruptedException {
        if (producer == null) {
            return;
        }
        producer.flush();
        for (Future<RecordMetadata> acknowledgement : open) {
            try {
                acknowledgement.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
            }
        }
        open.clear();
        if (!done.isEmpty()) {
            offsets.move(group, done);
        }
    }
}
