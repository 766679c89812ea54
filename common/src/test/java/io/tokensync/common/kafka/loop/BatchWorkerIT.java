package io.tokensync.common.kafka.loop;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.loop.BatchSteps.Step;
import io.tokensync.common.kafka.loop.BatchSteps.Steps;
import io.tokensync.common.kafka.window.Batch;
import io.tokensync.common.kafka.window.BatchWindowRig;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.testkit.kafka.TestTopics;

import static org.assertj.core.api.Assertions.assertThat;

/** The worker's commits with a broker. The test itself is the handler's threads, so that it says what is handled when. */
class BatchWorkerIT extends BatchWindowRig {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int POISON = 23;
    /** More than the topic takes and than the producer puts into one batch with others, however it is compressed. */
    private static final byte[] TOO_LARGE = new byte[200_000];
    static {
        new Random(3).nextBytes(TOO_LARGE);
    }

    private final String input = KAFKA.createTopic("worker-in", 1);
    private final String output = KAFKA.name("worker-out");
    private final String deadLetters = KAFKA.createTopic("worker-dead-letters", 1);
    private final KafkaClients clients = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers()));
    private final PollLoopConfig config = PollLoopConfig.of(input + "-group", input).withDeadLetterTopic(deadLetters);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<List<Long>> handledAgain = new ArrayList<>();
    private final List<Long> committed = new ArrayList<>();

    @Test
    void onlyTheBatchWithTheRecordThatTheBrokerRejectsIsDividedWhenSeveralAreCommittedTogether() throws Exception {
        KAFKA.topics().create(output, 1, Map.of("max.message.bytes", "150000"));
        KAFKA.topics().produce(IntStream.range(0, 40)
                .mapToObj(number -> TestTopics.record(input, "key", Integer.toString(number))).toList());
        try (Consumer<byte[], byte[]> member = clients.consumer(config.group(), "0", 100)) {
            window.add(readAll(member));
            window.join(member.groupMetadata());
            for (int batch = 0; batch < 4; batch++) {
                Batch begun = take();
                window.handled(begun, new Batch.Handled.Output(copies(begun.records())));
            }
            window.drain();
            worker().run();
        }
        assertThat(window.failure()).isEmpty();
        assertThat(KAFKA.readCommitted(output)).extracting(LoopBench::number).as("in order, each once")
                .containsExactlyElementsOf(IntStream.range(0, 40).filter(number -> number != POISON).boxed().toList());
        assertThat(KAFKA.readCommitted(deadLetters)).singleElement()
                .satisfies(record -> assertThat(DeadLetter.read(record))
                        .hasValueSatisfying(
                                deadLetter -> assertThat(deadLetter.payload()).asString().isEqualTo("" + POISON)));
        assertThat(handledAgain).as("parts of the third batch").containsExactly(List.of(20L, 21L, 22L, 23L, 24L),
                List.of(20L, 21L), List.of(22L, 23L, 24L), List.of(22L), List.of(23L, 24L), List.of(23L), List.of(24L),
                List.of(25L, 26L, 27L, 28L, 29L));
        assertThat(committed).containsExactly(10L, 20L, 22L, 23L, 24L, 25L, 30L, 40L);
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(Consumer<byte[], byte[]> member) {
        member.subscribe(List.of(input));
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        Awaitility.await().atMost(LONGEST_WAIT).until(() -> {
            member.poll(Duration.ofMillis(100)).forEach(read::add);
            return read.size() == 40;
        });
        return read;
    }

    private BatchWorker worker() {
        Step step = step();
        PollLoopMetrics metrics = new PollLoopMetrics(meters, config.group());
        BatchSteps steps = new BatchSteps(config, this::handleAgain,
                new OutputTransactions(() -> recorded(clients.transactionalProducer(config.group()))),
                new Steps(step, step, step), metrics);
        return new BatchWorker(window, steps, metrics, new LoopProgress(Clock.systemUTC()),
                new StageStatus(Clock.systemUTC()), config.group());
    }

    /** Notes the offsets of each transaction that the broker has committed. */
    @SuppressWarnings("unchecked")
    private Producer<byte[], byte[]> recorded(Producer<byte[], byte[]> producer) {
        AtomicLong offset = new AtomicLong();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, arguments) -> {
                    Object result = FaultyProducers.invoke(producer, method, arguments);
                    switch (method.getName()) {
                        case "sendOffsetsToTransaction" ->
                            offset.set(((Map<TopicPartition, OffsetAndMetadata>) arguments[0])
                                    .get(new TopicPartition(input, 0)).offset());
                        case "commitTransaction" -> committed.add(offset.get());
                        default -> {
                        }
                    }
                    return result;
                });
    }

    private static Step step() {
        KafkaFailureClassifier failures = new KafkaFailureClassifier();
        return new Step(new Retrier(RetryPolicy.standard(), failures, new StageStatus(Clock.systemUTC()),
                RetryListener.NONE, Clock.systemUTC(), Sleeper.system(), new Random(5)), failures);
    }

    private List<ProducerRecord<byte[], byte[]>> handleAgain(List<ConsumerRecord<byte[], byte[]>> records) {
        handledAgain.add(records.stream().map(ConsumerRecord::offset).toList());
        return copies(records);
    }

    private List<ProducerRecord<byte[], byte[]>> copies(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new ProducerRecord<>(output, record.key(),
                record.offset() == POISON ? TOO_LARGE : record.value())).toList();
    }
}
