package io.tokensync.testkit.golden;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Records of Kafka as text, for golden files: topic, key, headers in their order, value; byte for byte, as UTF-8. */
public final class RecordText {
    private RecordText() {}

    /** All of them, with an empty line between two. */
    public static String of(List<ProducerRecord<byte[], byte[]>> records) {
        return records.stream().map(RecordText::of).collect(Collectors.joining("\n"));
    }

    private static String of(ProducerRecord<byte[], byte[]> record) {
        String headers = StreamSupport.stream(record.headers().spliterator(), false).map(RecordText::header)
                .collect(Collectors.joining());
        return "topic: " + record.topic() + "\nkey: " + text(record.key()) + "\n" + headers + "value: "
                + text(record.value()) + "\n";
    }

    private static String header(Header header) {
        return "header " + header.key() + ": " + text(header.value()) + "\n";
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
    }
}
