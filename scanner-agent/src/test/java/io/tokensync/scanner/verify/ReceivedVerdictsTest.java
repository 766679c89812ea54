package io.tokensync.scanner.verify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class ReceivedVerdictsTest {
    private static final String MACHINE = "10.0.0.1";
    private static final String AGENT = "00000000-0000-0000-0000-000000000001";
    private static final long WATERMARK = 1_000_000;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicInteger follows = new AtomicInteger();
    private final ReceivedVerdicts verdicts = new ReceivedVerdicts(follows::incrementAndGet, () -> true);

    @BeforeEach
    void await() {
        verdicts.begin(MACHINE);
        verdicts.await("n", AGENT, WATERMARK);
    }

    @Test
    void partsOfAnotherWholeAreNotPutTogether() {
        take(part("n", AT, 64, 0, 2, 1));
        take(part("n", AT, 64, 1, 3, 1));
        take(part("n", AT, 128, 1, 2, 1));
        assertThat(verdicts.of("n")).isEmpty();
        take(part("n", AT, 64, 1, 2, 1));
        assertThat(verdicts.of("n")).hasValueSatisfying(whole -> assertThat(whole.table().rows()).hasSize(2));
    }

    @Test
    void aLaterComparisonMakesTheEarlierOneVoid() {
        take(part("n", AT, 64, 0, 2, 1));
        take(part("n", AT.plusSeconds(1), 64, 1, 2, 1));
        take(part("n", AT, 64, 1, 2, 1));
        assertThat(verdicts.of("n")).isEmpty();
        take(part("n", AT.plusSeconds(1), 64, 0, 2, 1));
        assertThat(verdicts.of("n")).hasValueSatisfying(
                whole -> assertThat(whole.verifiedAt()).isEqualTo(AT.plusSeconds(1)));
    }

    @Test
    void whatDoesNotFitIsAskedForAgainWhenThereIsRoom() {
        verdicts.await("m", AGENT, WATERMARK);
        int parts = ReceivedVerdicts.MOST_ROWS / 10_000;
        for (int part = 0; part < parts; part++) {
            take(part("n", AT, 64, part, parts, 10_000));
        }
        assertThat(verdicts.of("n")).as("as many as an answer may have").isPresent();
        take(part("m", AT, 64, 0, 1, 1));
        assertThat(verdicts.of("m")).isEmpty();
        assertThat(verdicts.isToBeAskedAgain("m")).as("there is no room").isFalse();
        verdicts.done("n");
        assertThat(verdicts.isToBeAskedAgain("m")).isTrue();
        verdicts.await("m", AGENT, WATERMARK + 1);
        assertThat(verdicts.isToBeAskedAgain("m")).as("it was").isFalse();
    }

    @Test
    void whatCannotBeReadOrIsForAnotherMachineIsIgnored() {
        for (String value : List.of("", "{", "null", "[]", "{\"source_ip\":\"10.0.0.1\"}")) {
            verdicts.take(new ConsumerRecord<>("t", 0, 0, VerificationSerde.key(MACHINE),
                    value.getBytes(StandardCharsets.UTF_8)));
        }
        verdicts.take(new ConsumerRecord<>("t", 0, 0, null, null));
        verdicts.take(new ConsumerRecord<>("t", 0, 0, VerificationSerde.key("10.0.0.2"),
                VerificationSerde.write(part("n", AT, 64, 0, 1, 1))));
        assertThat(verdicts.of("n")).isEmpty();
        take(part("n", AT, 64, 0, 1, 1));
        assertThat(verdicts.of("n")).isPresent();
    }

    @Test
    void theTopicIsFollowedOnce() {
        verdicts.follow();
        verdicts.follow();
        assertThat(follows).hasValue(1);
    }

    private void take(NodeVerdict part) {
        verdicts.take(new ConsumerRecord<>("t", 0, 0, VerificationSerde.key(MACHINE), VerificationSerde.write(part)));
    }

    private static NodeVerdict part(String node, Instant at, int buckets, int part, int parts, int rows) {
        return new NodeVerdict(MACHINE, node, AGENT, WATERMARK, at, Outcome.DIFFERS, 7, buckets, part, parts,
                IntStream.range(0, buckets).boxed().toList(), IntStream.range(0, rows)
                        .mapToObj(row -> new NodeVerdict.TableRow(part + "-" + row, row, 1)).toList(),
                true);
    }
}
