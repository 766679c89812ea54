package io.tokensync.scanner.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.scanner.publish.TokenPublisher.Batch;

import static org.assertj.core.api.Assertions.assertThat;

class PacedTokenPublisherTest {
    private final List<String> events = new ArrayList<>();
    private final TokenPublisher publisher = new PacedTokenPublisher(new TokenPublisher() {
        @Override
        public SendFuture publish(Batch batch) {
            events.add("published " + batch.records().size());
            return List::of;
        }

        @Override
        public void close() {
            events.add("closed");
        }
    }, records -> events.add("waited for " + records));

    @Test
    void recordsWaitForRoomBeforeTheyAreSent() throws InterruptedException {
        assertThat(publisher.publish(new Batch(List.of(record("a"), record("b")), List.of())).await()).isEmpty();
        assertThat(events).containsExactly("waited for 2", "published 2");
    }

    @Test
    void whatIsSaidOfThemDoesNot() throws InterruptedException {
        publisher.publish(Batch.of(new Receipt.DatabaseGone(new ReceiptScope("00000000-0000-4000-8000-000000000001",
                "192.0.2.1", "n", "/n/Rubix/rubix.db"))));
        publisher.close();
        assertThat(events).containsExactly("published 0", "closed");
    }

    private static TokenRecord record(String id) {
        return new TokenRecord(new TokenKey("ip", "n", id), 1,
                new Provenance("session", "/n/Rubix/rubix.db", null, Instant.EPOCH), new Change.Delete(Instant.EPOCH),
                Content.absent(), null);
    }
}
