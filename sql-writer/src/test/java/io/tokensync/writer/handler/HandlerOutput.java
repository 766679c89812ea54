package io.tokensync.writer.handler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.serde.ReceiptSerde;

/** Reads what a handler wants produced. */
final class HandlerOutput {
    static final String DEAD = "dead";
    static final String RECEIPTS = "receipts";

    private HandlerOutput() {}

    static List<ProducerRecord<byte[], byte[]>> dead(List<ProducerRecord<byte[], byte[]>> output) {
        return output.stream().filter(record -> record.topic().equals(DEAD)).toList();
    }

    static List<Receipt> receipts(List<ProducerRecord<byte[], byte[]>> output) throws Exception {
        List<Receipt> receipts = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : output) {
            if (record.topic().equals(RECEIPTS)) {
                receipts.add(ReceiptSerde.read(record.value()));
            }
        }
        return receipts;
    }

    static DeadLetter read(ProducerRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        return DeadLetter.read(read).orElseThrow();
    }

    static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
