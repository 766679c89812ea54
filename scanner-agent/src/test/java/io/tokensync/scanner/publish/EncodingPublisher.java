package io.tokensync.scanner.publish;

import java.util.List;

import io.tokensync.common.model.TokenRecord;

/** Encodes and throws away, for measuring everything before the broker. */
public final class EncodingPublisher implements TokenPublisher {
    private final RecordEncoder encoder = new RecordEncoder(PublishTopics.STANDARD);
    private long bytes;

    @Override
    public Publication publish(Page page) {
        for (TokenRecord record : page.records()) {
            bytes += encoder.encode(record).value().length;
        }
        return List::of;
    }

    /** Bytes of all values. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {}
}
