package io.tokensync.enricher;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.kafka.BatchHandler;
import io.tokensync.common.kafka.DeadLetter;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.RefusalReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.content.ContentRequest;

/**
 * Gives each row of a batch its content and hands all of them on in the order in which they came. What a record says of
 * its content already is not believed: only what hashes to its id is. The searches of a batch
 * run side by side, so a batch takes no longer than the longest wait of one row.
 */
public final class EnrichmentHandler implements BatchHandler {
    private static final String STAGE = "enricher";
    private static final ContentAnswer.Failed NOT_A_CID = new ContentAnswer.Failed(ContentFailure.NOT_A_CID,
            "the token id is neither a CIDv0 nor a CIDv1 of sha2-256 or sha3-256");

    private final ContentLookup lookup;
    private final ContentReader reader;
    private final EnricherTopics topics;
    private final EnricherMetrics metrics;
    private final Clock clock;

    EnrichmentHandler(ContentLookup lookup, ContentReader reader, EnricherTopics topics, EnricherMetrics metrics,
            Clock clock) {
        this.lookup = lookup;
        this.reader = reader;
        this.topics = topics;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A record on its way through the batch. */
    private sealed interface Row {
        /** Nothing left to wait for. */
        record Ready(ProducerRecord<byte[], byte[]> output) implements Row {}

        /** Cannot be read. */
        record Refused(ProducerRecord<byte[], byte[]> deadLetter) implements Row {}

        /** Waits for its content. */
        record Searching(TokenRecord record, Cid cid, CompletableFuture<ContentAnswer> answer) implements Row {}
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch) throws Exception {
        List<Row> rows = new ArrayList<>(batch.size());
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            rows.add(begin(record));
        }
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>(rows.size());
        int refused = 0;
        for (Row row : rows) {
            output.add(switch (row) {
                case Row.Ready(var ready) -> ready;
                case Row.Refused(var deadLetter) -> {
                    refused++;
                    yield deadLetter;
                }
                case Row.Searching(var record, var cid, var answer) -> output(record, content(cid, await(answer)));
            });
        }
        metrics.batch(batch.size(), refused);
        return output;
    }

    private Row begin(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            return begin(record, TokenRecordSerde.read(record.value()));
        } catch (UnreadableRecordException e) {
            return new Row.Refused(DeadLetter.of(STAGE, RefusalReason.UNREADABLE_RECORD, e.getMessage(), record)
                    .toRecord(topics.deadLetter()));
        }
    }

    private Row begin(ConsumerRecord<byte[], byte[]> record, TokenRecord row) throws InterruptedException {
        if (row.change() instanceof Change.Delete) {
            return new Row.Ready(passed(record, row));
        }
        Optional<Cid> cid = Cid.parse(row.key().tokenId());
        if (cid.isEmpty()) {
            return new Row.Ready(output(row, failed(NOT_A_CID)));
        }
        CompletableFuture<ContentAnswer> answer = lookup
                .find(new ContentRequest(cid.get(), row.ipfsBlock(), row.provenance().ipfsPath()));
        return answer.isDone()
                ? new Row.Ready(output(row, content(cid.get(), await(answer))))
                : new Row.Searching(row, cid.get(), answer);
    }

    private static ContentAnswer await(CompletableFuture<ContentAnswer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a content source failed in a way it should not", e.getCause());
        }
    }

    private Content content(Cid cid, ContentAnswer answer) {
        return switch (answer) {
            case ContentAnswer.Failed failed -> failed(failed);
            case ContentAnswer.Found(IpfsBlock block, String source) -> switch (reader.read(cid, block, source)) {
                case ContentReader.Reading.Refused(var failed) -> failed(failed);
                case ContentReader.Reading.Kept(Content.Fetched content) -> {
                    metrics.fetched(source);
                    yield content;
                }
            };
        };
    }

    private Content failed(ContentAnswer.Failed failure) {
        metrics.failed(failure.reason());
        return new Content.Failed(clock.millis(), failure.reason().describe(failure.detail()));
    }

    /** The record as it came, byte for byte unless unverified content has to be taken off. */
    private ProducerRecord<byte[], byte[]> passed(ConsumerRecord<byte[], byte[]> record, TokenRecord row) {
        boolean bare = row.ipfsBlock() == null && row.content() instanceof Content.Absent;
        return bare ? output(row, record.value()) : output(row, Content.absent());
    }

    private ProducerRecord<byte[], byte[]> output(TokenRecord row, Content content) {
        return output(row, TokenRecordSerde.write(row.withContent(content)));
    }

    private ProducerRecord<byte[], byte[]> output(TokenRecord row, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.enriched(), row.key().toRecordKey(), value);
        record.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER, TokenRecordSerde.schemaVersionHeader());
        return record;
    }
}
