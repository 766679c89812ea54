package io.tokensync.enricher.handler;

import java.time.Instant;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.rubix.Interpretation;

/** Records as the scanner publishes them. */
public final class Records {
    public static final String SOURCE = "scanned";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.123456700Z");

    private Records() {}

    public static TokenRecord of(String tokenId, IpfsBlock attached, String ipfsPath) {
        TokenRow row = new TokenRow("bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6u", "0", "1.0", null,
                TokenKind.WHOLE, TIME, TIME, "", "", List.of());
        return record(tokenId, ipfsPath, new Change.Upsert(row), Content.absent(), attached);
    }

    public static TokenRecord of(Sample sample) {
        return of(sample.cid().toString(), null, null);
    }

    public static TokenRecord attached(Sample sample) {
        return of(sample.cid().toString(), sample.block(), null);
    }

    public static TokenRecord deleted(Sample sample) {
        return record(sample.cid().toString(), null, new Change.Delete(TIME), Content.absent(), null);
    }

    /** The same with a higher version. */
    public static TokenRecord later(TokenRecord record) {
        return new TokenRecord(record.key(), record.recordVersion() + 1, record.provenance(), record.change(),
                record.content(), record.ipfsBlock());
    }

    public static TokenRecord fetched(Sample sample, IpfsBlock attached) {
        TokenRecord record = of(sample);
        Content content = new Content.Fetched(Content.Fetched.READING, sample.text(), "attached", null,
                Interpretation.of(sample.text()).orElse(null));
        return new TokenRecord(record.key(), record.recordVersion(), record.provenance(), record.change(), content,
                attached);
    }

    public static ConsumerRecord<byte[], byte[]> consumed(long offset, TokenRecord record) {
        return consumed(offset, record.key().toRecordKey(), TokenRecordSerde.write(record));
    }

    public static ConsumerRecord<byte[], byte[]> consumed(long offset, byte[] key, byte[] value) {
        return new ConsumerRecord<>(SOURCE, 0, offset, key, value);
    }

    public static TokenRecord read(ProducerRecord<byte[], byte[]> record) {
        return read(record.value());
    }

    public static TokenRecord read(byte[] value) {
        try {
            return TokenRecordSerde.read(value);
        } catch (UnreadableRecordException e) {
            throw new AssertionError("the enricher wrote what cannot be read", e);
        }
    }

    private static TokenRecord record(String tokenId, String ipfsPath, Change change, Content content,
            IpfsBlock attached) {
        Provenance from = new Provenance("5c4f7a2e-0000-4000-8000-000000000001", "/nodes/node1/Rubix/rubix.db",
                ipfsPath,
                TIME);
        return new TokenRecord(new TokenKey("192.0.2.1", "node1", tokenId), 7, from, change, content, attached);
    }
}
