package io.tokensync.scanner.publish;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.scanner.publish.TokenPublisher.Batch;
import io.tokensync.scanner.publish.TokenPublisher.SendFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class KafkaTokenPublisherTest {
    private final StageStatus status = new StageStatus(Clock.systemUTC());
    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final List<StageStatus.Snapshot> waits = new ArrayList<>();
    private volatile List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private List<RuntimeException> unmade = new ArrayList<>();
    private final KafkaTokenPublisher publisher = new KafkaTokenPublisher(this::producer, new Retrier(
            RetryPolicy.standard(), new KafkaFailureClassifier(), status, RetryListener.NONE, Clock.systemUTC(),
            _ -> waits.add(status.snapshot()), RandomGenerator.getDefault()), status,
            new PublishTopics("rows", "rejected", "receipts", "digests", "repairs"));

    @Test
    void aPageIsAcknowledgedAsAWhole() throws Exception {
        List<TokenRecord> rejected = publisher.publish(new Batch(List.of(record("a"), record("b")), List.of(row())))
                .await();
        assertThat(rejected).isEmpty();
        List<ProducerRecord<byte[], byte[]>> sent = producers.getFirst().history();
        assertThat(sent).extracting(ProducerRecord::topic).containsExactly("rows", "rows", "rejected");
        assertThat(TokenRecordSerde.read(sent.getFirst().value())).isEqualTo(record("a"));
        assertThat(sent.getFirst().key()).isEqualTo(record("a").key().toRecordKey());
        assertThat(text(sent.getFirst().headers().lastHeader("schema_version").value())).isEqualTo("1");
        ProducerRecord<byte[], byte[]> deadLetter = sent.getLast();
        assertThat(text(deadLetter.value())).isEqualTo("{\"rowid\":7,\"token_id\":\"x'0102'\"}");
        assertThat(text(deadLetter.headers().lastHeader("reason").value())).isEqualTo("token_id_not_text");
        assertThat(text(deadLetter.headers().lastHeader("rowid").value())).isEqualTo("7");
    }

    @Test
    void anOutageIsWaitedForAndEverythingArrives() throws Exception {
        failures = new CopyOnWriteArrayList<>(
                List.of(new TimeoutException("away"), new TimeoutException("still away")));
        SendFuture sendFuture = publisher.publish(new Batch(List.of(record("a"), record("b")), List.of()));
        assertThat(sendFuture.await()).isEmpty();
        assertThat(waits).extracting(StageStatus.Snapshot::kind)
                .containsExactly(FailureKind.TRANSIENT, FailureKind.TRANSIENT);
        assertThat(producers.getLast().history()).hasSize(2);
        assertThat(status.snapshot().state()).isEqualTo(StageStatus.State.RUNNING);
    }

    @Test
    void aBrokerWhoseNameIsUnknownAtBootIsWaitedFor() throws Exception {
        unmade = new ArrayList<>(List.of(unresolvable(), unresolvable()));
        SendFuture sendFuture = publisher.publish(new Batch(List.of(record("a")), List.of()));
        assertThat(sendFuture.await()).isEmpty();
        assertThat(waits).hasSize(2).allSatisfy(wait -> assertThat(wait.cause()).contains("producer"));
        assertThat(producers).singleElement().satisfies(made -> assertThat(made.history()).hasSize(1));
        assertThat(status.snapshot().state()).isEqualTo(StageStatus.State.RUNNING);
    }

    @Test
    void aBrokerWhoseNameIsLostDuringAnOutageIsWaitedFor() throws Exception {
        failures = new CopyOnWriteArrayList<>(List.of(new TimeoutException("away")));
        publisher.publish(new Batch(List.of(record("a")), List.of())).await();
        failures = new CopyOnWriteArrayList<>(List.of(new TimeoutException("away")));
        SendFuture second = publisher.publish(new Batch(List.of(record("b")), List.of()));
        unmade = new ArrayList<>(List.of(unresolvable()));
        second.await();
        assertThat(waits).hasSize(3);
        assertThat(producers.getLast().history()).hasSize(1);
    }

    @Test
    void aRejectedLoginIsWaitedForAndSaid() throws Exception {
        failures = new CopyOnWriteArrayList<>(List.of(new AuthenticationException("wrong password")));
        publisher.publish(new Batch(List.of(record("a")), List.of())).await();
        assertThat(waits).singleElement().satisfies(wait -> {
            assertThat(wait.kind()).isEqualTo(FailureKind.ENVIRONMENT);
            assertThat(wait.cause()).contains("wrong password");
        });
    }

    @Test
    void thePageBehindAFailedOneIsSentAgainWithTheNewProducer() throws Exception {
        publisher.publish(new Batch(List.of(record("first")), List.of())).await();
        failures = new CopyOnWriteArrayList<>(
                List.of(new TimeoutException("away"), new KafkaException("the producer was closed")));
        SendFuture first = publisher.publish(new Batch(List.of(record("a")), List.of()));
        SendFuture second = publisher.publish(new Batch(List.of(record("b")), List.of()));
        await().until(() -> failures.isEmpty());
        first.await();
        second.await();
        assertThat(waits).hasSize(1);
        assertThat(producers.getLast().history()).extracting(record -> text(record.key()))
                .containsExactly("ip|n|a", "ip|n|b");
    }

    @Test
    void aFailureThatNobodyKnowsIsWaitedFor() throws Exception {
        failures = new CopyOnWriteArrayList<>(List.of(new KafkaException("nobody knows")));
        assertThat(publisher.publish(new Batch(List.of(record("a")), List.of())).await()).isEmpty();
        assertThat(waits).singleElement().satisfies(wait -> assertThat(wait.cause()).contains("nobody knows"));
        assertThat(producers.getLast().history()).hasSize(1);
    }

    @Test
    void aFailureOfOurOwnEndsTheAgent() throws Exception {
        failures = new CopyOnWriteArrayList<>(List.of(new IllegalStateException("a bug")));
        SendFuture sendFuture = publisher.publish(new Batch(List.of(record("a")), List.of()));
        assertThatThrownBy(sendFuture::await).isInstanceOf(PublishFailedException.class).hasMessageContaining("a bug");
    }

    @Test
    void aRecordThatIsTooLargeGoesWithoutItsBlockOrNotAtAll() throws Exception {
        TokenRecord large = withBlock("large", 50_000);
        failures = new CopyOnWriteArrayList<>(List.of(new RecordTooLargeException("max.request.size")));
        assertThat(publisher.publish(new Batch(List.of(large, record("b")), List.of())).await()).isEmpty();
        assertThat(producers.getFirst().history()).extracting(r -> text(r.key()))
                .containsExactlyInAnyOrder("ip|n|b", "ip|n|large");
        failures = new CopyOnWriteArrayList<>(List.of(new RecordTooLargeException("max.request.size")));
        assertThat(publisher.publish(new Batch(List.of(record("c")), List.of())).await()).containsExactly(record("c"));
    }

    @Test
    void aReceiptThatCannotBeIsLeftOutAndHoldsNothingUp() throws Exception {
        String tooLong = "/".repeat(ColumnLimits.DB_PATH + 1);
        Batch batch = new Batch(List.of(), List.of(), List.of(new Receipt.DatabaseGone(scope(tooLong)),
                new Receipt.DatabaseGone(scope("/n/Rubix/rubix.db"))), List.of());
        assertThat(publisher.publish(batch).await()).isEmpty();
        assertThat(publisher.publish(Batch.of(new Receipt.DatabaseGone(scope(tooLong)))).await()).isEmpty();
        assertThat(producers.getFirst().history()).singleElement().satisfies(
                sent -> assertThat(text(sent.value())).contains("\"db_path\":\"/n/Rubix/rubix.db\""));
    }

    private static ReceiptScope scope(String dbPath) {
        return new ReceiptScope("00000000-0000-4000-8000-000000000001", "192.0.2.1", "n", dbPath);
    }

    private static KafkaException unresolvable() {
        return new KafkaException("Failed to construct kafka producer",
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));
    }

    private MockProducer<byte[], byte[]> producer() {
        if (!unmade.isEmpty()) {
            throw unmade.removeFirst();
        }
        MockProducer<byte[], byte[]> producer = new MockProducer<>(true, null, new ByteArraySerializer(),
                new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(
                    ProducerRecord<byte[], byte[]> record, Callback callback) {
                if (!failures.isEmpty()) {
                    RuntimeException failure = failures.removeFirst();
                    callback.onCompletion(null, failure);
                    return CompletableFuture.failedFuture(failure);
                }
                return super.send(record, callback);
            }

            @Override
            public void close(Duration timeout) {
                // A closed double forgets nothing, and may be asked for its history.
            }
        };
        producers.add(producer);
        return producer;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static TokenRecord record(String id) {
        return new TokenRecord(new TokenKey("ip", "n", id), 1,
                new Provenance("session", "/n/Rubix/rubix.db", null, Instant.EPOCH), new Change.Delete(Instant.EPOCH),
                Content.absent(), null);
    }

    private static TokenRecord withBlock(String id, int bytes) {
        TokenRecord record = record(id);
        return new TokenRecord(record.key(), 1, record.provenance(), record.change(), record.content(),
                new IpfsBlock(new byte[bytes]));
    }

    private static RejectedRow row() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("rowid", 7L);
        columns.put("token_id", new byte[]{1, 2});
        return new RejectedRow("ip", "n", "/n/Rubix/rubix.db", "session", "TokensTable", 7,
                RejectionReason.TOKEN_ID_NOT_TEXT, "a BLOB", columns);
    }
}
