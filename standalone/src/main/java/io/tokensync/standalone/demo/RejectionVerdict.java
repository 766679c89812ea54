package io.tokensync.standalone.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.topics.TopicReader;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.simulator.truth.Truth;

/**
 * Compares the topic of dead letters with the rows that the truth says must be rejected, each by node and reason.
 *
 * @param expected rows that must be rejected
 * @param found dead letters in the topic
 * @param differences nodes and reasons whose counts differ: {@code 10.20.0.1 node001 token_id_missing: 2, not 3}
 * @param byReason found, by reason
 */
record RejectionVerdict(long expected, long found, Map<String, String> differences, Map<String, Long> byReason) {

    static RejectionVerdict of(Truth truth, TopicReader topics) {
        Map<String, String> addresses = truth.machines().stream()
                .collect(Collectors.toMap(Truth.Machine::name, Truth.Machine::sourceIp));
        Map<String, Long> expected = new TreeMap<>();
        for (Truth.Rejection rejection : truth.rejected()) {
            expected.merge(line(addresses.get(rejection.machine()), rejection.nodeName(), rejection.reason()), 1L,
                    Long::sum);
        }
        Map<String, Long> found = new TreeMap<>();
        Map<String, Long> byReason = new TreeMap<>();
        topics.read(Topics.DEAD_LETTER, record -> {
            DeadLetter deadLetter = DeadLetter.read(record).orElseThrow();
            found.merge(line(deadLetter), 1L, Long::sum);
            byReason.merge(deadLetter.reason(), 1L, Long::sum);
        });
        return new RejectionVerdict(sum(expected), sum(found), differences(expected, found), byReason);
    }

    boolean holds() {
        return differences.isEmpty();
    }

    private static String line(DeadLetter deadLetter) {
        return switch (deadLetter.origin()) {
            case DeadLetter.FromDatabase row -> line(row.sourceIp(), row.nodeName(), deadLetter.reason());
            case DeadLetter.FromTopic record -> line(record.topic(), "record", deadLetter.reason());
        };
    }

    private static String line(String sourceIp, String node, String reason) {
        return sourceIp + " " + node + " " + reason;
    }

    private static Map<String, String> differences(Map<String, Long> expected, Map<String, Long> found) {
        Map<String, Long> all = new HashMap<>(expected);
        found.forEach((line, _) -> all.putIfAbsent(line, 0L));
        Map<String, String> differences = new TreeMap<>();
        for (Entry<String, Long> wanted : all.entrySet()) {
            long count = found.getOrDefault(wanted.getKey(), 0L);
            if (count != wanted.getValue()) {
                differences.put(wanted.getKey(), count + ", not " + wanted.getValue());
            }
        }
        return differences;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
