package io.tokensync.enricher.handler;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.TestMetrics;
import io.tokensync.enricher.retry.RetryRequest;
import io.tokensync.enricher.retry.RetrySchedule;
import io.tokensync.enricher.retry.RetrySettings;
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
        Clock clock = Clock.fixed(Instant.ofEpochMilli(1_767_323_045_000L), ZoneOffset.UTC);
        RowOutputs to = new RowOutputs(clock, new RetrySchedule(Topics.CONTENT_RETRY, RetrySettings.standard(), clock,
                new Random(1)), Topics.ENRICHED, Topics.DEAD_LETTER, Topics.RECEIPTS,
                new EnricherMetrics(new TestMetrics().metrics()));
        Failed failure = new Failed(ContentFailure.NOT_FOUND, "no source has it");
        Golden.files().check("topics/tokens.enriched.txt",
                RecordText.of(List.of(to.enriched(ROW, Content.absent()), to.enriched(ROW, to.pending(failure)),
                        to.again(ROW, to.failed(failure), null, 3))));
    }
}
