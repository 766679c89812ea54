package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.Heartbeats;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.runtime.StageStatus;

/** Notices that the group's coordinator is silent or a topic is missing, which a consumer keeps to its own log. */
final class BrokerWatch {
    private static final Logger log = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration SILENCE = Heartbeats.SILENCE;
    private static final Duration BOUND = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final List<String> topics;
    private final String address;
    private final StageStatus status;
    private final Clock clock;
    private final Heartbeats heartbeats;
    private Instant nextLook;
    private boolean waiting;

    BrokerWatch(Consumer<?, ?> consumer, List<String> topics, String address, StageStatus status, Clock clock) {
        this.consumer = consumer;
        this.topics = topics;
        this.address = address;
        this.status = status;
        this.clock = clock;
        this.heartbeats = new Heartbeats(consumer::metrics, clock);
        this.nextLook = clock.instant().plus(SILENCE);
    }

    /** To be called while there is nothing to do, so that it is known why. Looks once in ten seconds. */
    void look() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(waiting ? BOUND : SILENCE);
        if (heartbeats.areSilent()) {
            report(FailureKind.TRANSIENT, Heartbeats.silence(address));
        } else if (consumer.assignment().isEmpty() && isTopicMissing()) {
            report(FailureKind.ENVIRONMENT,
                    "there is no topic " + topics + " at " + address + "; " + TopicSet.HOW_TO_CREATE);
        } else {
            well();
        }
    }

    /** Records have come, so there is nothing to wait for. */
    void well() {
        if (waiting) {
            waiting = false;
            status.running();
        }
    }

    private void report(FailureKind kind, String cause) {
        if (!waiting) {
            log.atWarn().setMessage("cannot read for now").addKeyValue("kind", kind).addKeyValue("cause", cause).log();
        }
        waiting = true;
        status.waiting(kind, cause);
    }

    private boolean isTopicMissing() {
        try {
            return topics.stream().anyMatch(topic -> {
                List<?> partitions = consumer.partitionsFor(topic, BOUND);
                return partitions == null || partitions.isEmpty();
            });
        } catch (KafkaException _) {
            return false;
        }
    }
}
