package io.tokensync.cli.status;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.SessionStore;

/** The session summaries, as the monitor keeps them in Kafka. */
final class Sessions {
    private Sessions() {}

    /** The session summaries as they stand now; empty when no monitor has ever run on this cluster. */
    static Optional<MonitorViews> read(KafkaAccess access, Clock clock) throws InterruptedException {
        String topic = access.sessionsTopic();
        if (!TopicSet.missing(access.admin(), List.of(topic)).isEmpty()) {
            return Optional.empty();
        }
        SessionStore summaries = new SessionStore(clock);
        access.reader().read(topic, summaries::take);
        return Optional.of(summaries);
    }
}
