package io.tokensync.common.kafka.loop;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.testkit.kafka.TestTopics;

import static org.assertj.core.api.Assertions.assertThat;

/** Topics, group and loops of one test: numbers go in, the same numbers must come out, each once. */
public final class LoopBench implements AutoCloseable {
    static final RetryPolicy QUICK = RetryPolicy.standard().atMost(Duration.ofMillis(50));
    static final FailureClassifier ALWAYS_TRANSIENT = _ -> FailureKind.TRANSIENT;

    final String bootstrapServers;
    final String input;
    final String output;
    public final String group;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<PollLoop> loops = new ArrayList<>();
    private final TestTopics topics;

    public LoopBench(String bootstrapServers, String name, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.topics = new TestTopics(bootstrapServers);
        this.input = name + "-in";
        this.output = name + "-out";
        this.group = name + "-group";
        topics.create(input, partitions);
        topics.create(output, partitions);
    }

    static LoopBench on(EmbeddedKafkaExtension kafka, String name, int partitions) {
        return new LoopBench(kafka.bootstrapServers(), kafka.name(name), partitions);
    }

    PollLoopConfig config() {
        return PollLoopConfig.of(group, input).withBatch(100, 1 << 20, Duration.ofMillis(5)).withWindow(3)
                .withRetry(QUICK)
                .withBounds(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    public KafkaSettings settings() {
        return KafkaSettings.at(bootstrapServers);
    }

    PollLoop start(BatchHandler handler) {
        return start(config(), settings(), handler, ALWAYS_TRANSIENT);
    }

    PollLoop start(PollLoopConfig config, KafkaSettings settings, BatchHandler handler, FailureClassifier classifier) {
        PollLoop loop = new PollLoop(config, new KafkaClients(settings), handler, classifier,
                new StageStatus(Clock.systemUTC()), meters, Clock.systemUTC());
        loops.add(loop);
        loop.start();
        return loop;
    }

    /** A loop with clients of its own. */
    PollLoop start(BatchHandler handler, LoopClients clients) {
        PollLoop loop = new PollLoop(config(), clients, handler, ALWAYS_TRANSIENT, new StageStatus(Clock.systemUTC()),
                meters, Clock.systemUTC());
        loops.add(loop);
        loop.start();
        return loop;
    }

    /** A loop whose producers are not reliable. */
    PollLoop start(BatchHandler handler, Supplier<Producer<byte[], byte[]>> producers) {
        return start(handler, LoopClients.of(config(), new KafkaClients(settings())).withProducers(producers));
    }

    double counted(String name) {
        return meters.get("tokensync.poll." + name).counter().count();
    }

    /** Hands every record on to the output topic. */
    List<ProducerRecord<byte[], byte[]>> copy(List<ConsumerRecord<byte[], byte[]>> batch) {
        List<ProducerRecord<byte[], byte[]>> copies = new ArrayList<>(batch.size());
        batch.forEach(record -> copies.add(new ProducerRecord<>(output, record.key(), record.value())));
        return copies;
    }

    public void produce(int from, int to) {
        topics.produce(IntStream.range(from, to)
                .mapToObj(number -> TestTopics.record(input, "key" + number, Integer.toString(number))).toList());
    }

    static int number(ConsumerRecord<byte[], byte[]> record) {
        return Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8));
    }

    List<Integer> committedOutput() {
        return topics.readCommitted(output).stream().map(LoopBench::number).toList();
    }

    long lag() throws InterruptedException {
        try (var admin = new KafkaClients(settings()).admin("lag")) {
            return new ConsumerLag(admin).total(group, List.of(input));
        }
    }

    public boolean isDrained() throws InterruptedException {
        try (var admin = new KafkaClients(settings()).admin("lag")) {
            return new ConsumerLag(admin).isDrained(group, List.of(input));
        }
    }

    public void assertEachOnce(int count) {
        List<Integer> found = committedOutput();
        Set<Integer> distinct = new HashSet<>(found);
        assertThat(distinct).as("nothing lost").hasSize(count);
        assertThat(found).as("nothing doubled").hasSize(count);
    }

    @Override
    public void close() {
        loops.forEach(PollLoop::close);
    }
}
