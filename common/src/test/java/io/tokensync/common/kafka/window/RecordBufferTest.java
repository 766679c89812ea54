package io.tokensync.common.kafka.window;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordBufferTest {
    private static final String NAME = "version";

    @Test
    void aRecordThatWaitsKeepsNothingOfTheBytesItCameIn() throws Exception {
        byte[] wire = (NAME + "17").getBytes(StandardCharsets.UTF_8);
        RecordHeader header = new RecordHeader(ByteBuffer.wrap(wire, 0, NAME.length()).slice(),
                ByteBuffer.wrap(wire, NAME.length(), 2).slice());
        RecordBuffer buffer = new RecordBuffer(new BatchLimits(10, 1_000, Duration.ZERO, 1, 1L << 30),
                System::nanoTime);

        buffer.add(List.of(new ConsumerRecord<>("t", 0, 0, 0, TimestampType.LOG_APPEND_TIME, 1, 1, new byte[1],
                new byte[1], new RecordHeaders(List.of(header)), Optional.empty())));
        wire[NAME.length()] = 'x';

        ConsumerRecord<byte[], byte[]> record = buffer.take().getFirst();
        assertThat(record.headers().lastHeader(NAME).value()).isEqualTo("17".getBytes(StandardCharsets.UTF_8));
    }
}
