package io.tokensync.enricher.handler;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.retry.RetryRequest;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.testkit.golden.RecordText;

/** Keys, headers and values of what the enricher sends on, byte for byte, and of what it asks for again. */
class EnricherRecordsGoldenTest {
    private static final TokenRecord ROW = Records.of("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG", null,
            "/srv/node-1/.ipfs");

    @Test
    void requestsForContentThatIsAskedForAgain() {
        String topic = Topics.contentRetry(Topics.CONTENT_RETRY, 2);
        Golden.files().check("topics/tokens.content-retry.txt",
                RecordText.of(List.of(new RetryRequest(ROW, 0).toRecord(topic, 1_767_323_045_000L),
                        new RetryRequest(ROW, 12).toRecord(topic, 1_767_323_045_123L))));
    }

    @Test
    void rowsWithAndWithoutTheirContentAndThoseThatComeAgain() {
        EnrichedRecords enriched = new EnrichedRecords(Topics.ENRICHED,
                Clock.fixed(Instant.ofEpochMilli(1_767_323_045_000L), ZoneOffset.UTC));
        Failed failure = new Failed(ContentFailure.NOT_FOUND, "no source has it");
        Golden.files().check("topics/tokens.enriched.txt",
                RecordText.of(List.of(enriched.of(ROW, Content.absent()), enriched.of(ROW, enriched.pending(failure)),
                        enriched.again(ROW, enriched.failed(failure), 3))));
    }
}
