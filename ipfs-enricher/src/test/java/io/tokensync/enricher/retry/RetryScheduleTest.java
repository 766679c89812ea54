package io.tokensync.enricher.retry;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RetryRequest REQUEST = new RetryRequest(new TokenRecord(new TokenKey("a", "b", "c"), 1,
            new Provenance("s", "/db", null, NOW), new Change.Delete(NOW), Content.absent(), null), 3);

    private final RetrySchedule schedule = new RetrySchedule("again", RetrySettings.standard(),
            Clock.fixed(NOW, ZoneOffset.UTC), new Random(5));

    @Test
    void theDelayGrowsFromTheFirstToTheLongest() {
        assertThat(schedule.delay(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(schedule.delay(2)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(schedule.delay(5)).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void eachStepHasATopicAndTheLastIsStayedOn() {
        List<String> topics = new ArrayList<>();
        String topic = schedule.first(REQUEST).topic();
        for (int attempt = 1; attempt < 8; attempt++) {
            topics.add(topic);
            topic = schedule.next(topic, REQUEST).topic();
        }
        assertThat(topics).containsExactly("again-1", "again-2", "again-3", "again-4", "again-5", "again-5", "again-5");
        assertThat(schedule.topics()).containsExactly("again-1", "again-2", "again-3", "again-4", "again-5");
    }

    @Test
    void requestsOfOneMomentAreNotDueAtOneMoment() {
        for (int i = 0; i < 100; i++) {
            assertThat(RetryRequest.dueAt(consumed(schedule.first(REQUEST))))
                    .isBetween(NOW.plusSeconds(60).toEpochMilli(), NOW.plusSeconds(66).toEpochMilli());
        }
        assertThat(RetryRequest.dueAt(consumed(schedule.first(REQUEST))))
                .isNotEqualTo(RetryRequest.dueAt(consumed(schedule.first(REQUEST))));
    }

    @Test
    void aRequestArrivesAsItWasSent() throws UnreadableRecordException {
        assertThat(read(consumed(schedule.first(REQUEST)))).isEqualTo(REQUEST);
    }

    @Test
    void aRequestWithoutHeadersIsAFirstOneAndDueAtOnce() throws UnreadableRecordException {
        ProducerRecord<byte[], byte[]> sent = schedule.first(REQUEST);
        ConsumerRecord<byte[], byte[]> bare = new ConsumerRecord<>("again-1", 0, 0, sent.key(), sent.value());
        assertThat(read(bare)).isEqualTo(new RetryRequest(REQUEST.row(), 0));
        assertThat(RetryRequest.dueAt(bare)).isZero();
        bare.headers().add("content_due", new byte[]{'x'}).add("content_attempts", null);
        assertThat(RetryRequest.dueAt(bare)).isZero();
        assertThat(read(bare).attempts()).isZero();
    }

    @Test
    void garbageIsUnreadable() {
        assertThatThrownBy(() -> read(new ConsumerRecord<>("again-1", 0, 0, null, new byte[]{1})))
                .isInstanceOf(UnreadableRecordException.class);
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> sent) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    /** A header that says never would hold back all that is behind it in the partition. */
    @Test
    void noRequestIsDueLaterThanTheLongestDelay() {
        ConsumerRecord<byte[], byte[]> never = new ConsumerRecord<>("again-1", 0, 0, NOW.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME, 0, 0, null, new byte[0], new RecordHeaders(), Optional.empty());
        never.headers().add("content_due", Long.toString(Long.MAX_VALUE).getBytes(StandardCharsets.US_ASCII));
        long longest = RetrySettings.standard().longestDelay().toMillis();
        assertThat(new RetrySchedule("again", RetrySettings.standard(), Clock.fixed(NOW, ZoneOffset.UTC), new Random(1))
                .dueAt(never)).isBetween(NOW.toEpochMilli() + longest, NOW.toEpochMilli() + longest * 11 / 10 + 1);
    }

    private static RetryRequest read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return RetryRequest.of(TokenRecordSerde.read(record.value()), record);
    }
}
