package io.tokensync.chaos.check;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.topics.TopicReader;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.simulator.truth.Truth;

/** Records that nobody can read, planted in the topics, and rows of nodes that must be rejected: the only dead letters. */
public final class Poison {
    private static final int EACH = 6;
    private static final Pattern V1_PLACE = Pattern.compile(" tokens \\d+ ");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Set<String> planted = new HashSet<>();

    /** Plants unreadable records in both topics of rows. */
    public void plant(KafkaClients kafka) throws InterruptedException, ExecutionException {
        try (Producer<byte[], byte[]> producer = kafka.producer("chaos", LONGEST_WAIT)) {
            for (String topic : List.of(Topics.SCANNED, Topics.ENRICHED)) {
                for (int i = 0; i < EACH; i++) {
                    RecordMetadata at = producer.send(new ProducerRecord<>(topic, bytes("poison-" + i),
                            bytes("{\"poison\": " + i))).get();
                    planted.add(place(topic, at.partition(), at.offset()));
                }
            }
        }
    }

    /** What is dead-lettered and was not planted, or planted and not dead-lettered, or is there too often. */
    public List<String> differences(KafkaClients kafka, Truth truth) {
        Map<String, Integer> records = new HashMap<>();
        Map<String, Integer> rows = new HashMap<>();
        List<String> differences = new ArrayList<>();
        new TopicReader(kafka).read(Topics.DEAD_LETTER, record -> {
            DeadLetter deadLetter = DeadLetter.read(record).orElseThrow();
            switch (deadLetter.origin()) {
                case DeadLetter.FromTopic from -> {
                    String place = place(from.topic(), from.partition(), from.offset());
                    if (records.merge(place, 1, Integer::sum) == 1 && !planted.contains(place)) {
                        differences.add("dead-lettered by the " + deadLetter.stage() + ": " + place + " ("
                                + deadLetter.reason() + ", " + deadLetter.detail() + ")");
                    }
                }
                case DeadLetter.FromDatabase from -> rows
                        .merge(row(from.sourceIp(), from.nodeName(), from.table(), from.row(), deadLetter.reason()), 1,
                                Integer::sum);
            }
        });
        compareRecords(records, differences);
        compareRows(rows, truth, differences);
        return differences;
    }

    /** Output and offsets are one transaction, so a record is dead-lettered once. */
    private void compareRecords(Map<String, Integer> records, List<String> differences) {
        for (String place : planted) {
            int times = records.getOrDefault(place, 0);
            if (times != 1) {
                differences.add("unreadable record " + place + " is dead-lettered " + times + " times, not once");
            }
        }
    }

    /** An agent that dies before it remembers a row rejects it again, so there may be more than one dead letter of each. */
    private static void compareRows(Map<String, Integer> rows, Truth truth, List<String> differences) {
        Map<String, String> addresses = truth.machines().stream()
                .collect(Collectors.toMap(Truth.Machine::name, Truth.Machine::sourceIp));
        Map<String, Integer> expected = new HashMap<>();
        for (Truth.Rejection rejection : truth.rejected()) {
            expected.merge(comparable(row(addresses.get(rejection.machine()), rejection.nodeName(), rejection.table(),
                    Long.toString(rejection.rowid()), rejection.reason())), 1, Integer::sum);
        }
        Map<String, Integer> found = new HashMap<>();
        rows.keySet().forEach(row -> found.merge(comparable(row), 1, Integer::sum));
        found.forEach((row, times) -> {
            if (times > expected.getOrDefault(row, 0)) {
                differences.add("dead-lettered by an agent: " + row);
            }
        });
        expected.forEach((row, times) -> {
            if (times > found.getOrDefault(row, 0)) {
                differences.add("not dead-lettered: " + row);
            }
        });
    }

    /** PostgreSQL gives a row its place, so that of a v1 node's rows only their number is known. */
    private static String comparable(String row) {
        return V1_PLACE.matcher(row).replaceFirst(" tokens ");
    }

    private static String row(String sourceIp, String node, String table, String rowid, String reason) {
        return String.join(" ", sourceIp, node, table, rowid, reason);
    }

    private static String place(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
