package io.tokensync.enricher;

import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.handler.HandlerFixture;
import io.tokensync.enricher.handler.Records;

import static io.tokensync.enricher.handler.HandlerFixture.NOW;
import static io.tokensync.enricher.handler.HandlerFixture.fetched;
import static org.assertj.core.api.Assertions.assertThat;

/** What is believed of content, and what is said of it. */
class EnrichmentContentTest {
    private static final Sample ONE = Sample.of("001" + "c".repeat(64));
    private static final Sample OTHER = Sample.of("other");

    private final HandlerFixture handlers = new HandlerFixture();

    @AfterEach
    void close() {
        handlers.close();
    }

    @ParameterizedTest
    @FieldSource("io.tokensync.enricher.content.Sample#HOSTILE")
    void attachedContentIsVerifiedAndPassed(String text) throws Exception {
        assertThat(handlers.content(Records.attached(Sample.of(text)))).isEqualTo(fetched(text, "attached"));
        assertThat(handlers.source.asked()).isZero();
    }

    @Test
    void attachedBytesThatAreNotThoseOfTheIdAreNotBelieved() throws Exception {
        TokenRecord lie = Records.of(ONE.cid().toString(), OTHER.block(), null);
        assertThat(handlers.content(lie)).isEqualTo(new Content.Failed(NOW,
                "pending: mismatch: attached has a block of " + OTHER.block().bytes().length
                        + " bytes that does not hash to the token id"));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENTS, "mismatch", "none")).isEqualTo(1);
    }

    @Test
    void anotherSourceMayHaveWhatTheAttachedBytesAreNot() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        assertThat(handlers.content(Records.of(ONE.cid().toString(), OTHER.block(), null)))
                .isEqualTo(fetched(ONE.text(), "fake"));
    }

    @Test
    void whatIsNotAttachedIsLookedForElsewhere() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        assertThat(handlers.content(Records.of(ONE))).isEqualTo(fetched(ONE.text(), "fake"));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENTS, "fetched", "fake")).isEqualTo(1);
    }

    @Test
    void contentThatIsVerifiedAndTooLargeIsNotAskedForAgain() throws Exception {
        Sample tooLarge = Sample.of("x".repeat(50_001));
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows()
                .handle(HandlerFixture.batch(Records.attached(tooLarge)));
        assertThat(Records.read(output.getFirst()).content()).isEqualTo(
                new Content.Failed(NOW, "too_large: 50001 characters; 50000 characters are kept"));
        assertThat(output).extracting(ProducerRecord::topic).containsExactly("enriched", "receipts");
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsShownAndCounted(ContentFailure reason) throws Exception {
        handlers.source.fails(ONE.cid(), reason);
        assertThat(handlers.content(Records.of(ONE))).isEqualTo(
                new Content.Failed(NOW, (reason.isFinal() ? "" : "pending: ") + reason.code() + ": as told"));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENTS, reason.code(), "none")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff50", "'; DROP TABLE x; --",
            "\uD83D\uDCA3"})
    void nobodyIsAskedForWhatIsNoId(String tokenId) throws Exception {
        assertThat(handlers.content(Records.of(tokenId, ONE.block(), null))).isInstanceOfSatisfying(
                Content.Failed.class,
                failed -> assertThat(failed.error()).startsWith("not_a_cid: "));
        assertThat(handlers.source.asked()).isZero();
    }

    @Test
    void contentThatARecordClaimsIsLookedForAllTheSame() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        assertThat(handlers.content(claiming(Records.of(ONE), "forged"))).isEqualTo(fetched(ONE.text(), "fake"));
    }

    @Test
    void contentThatARecordClaimsAndNobodyHasIsNotBelieved() throws Exception {
        assertThat(handlers.content(claiming(Records.of(ONE), "forged"))).isInstanceOfSatisfying(Content.Failed.class,
                failed -> assertThat(failed.error()).startsWith("pending: not_found: "));
        assertThat(handlers.content(claiming(Records.of("no id", null, null), "forged")))
                .isInstanceOf(Content.Failed.class);
    }

    @Test
    void noUnverifiedContentGoesOnWithADeletion() throws Exception {
        TokenRecord deletion = Records.deleted(ONE);
        assertThat(handlers.handled(claiming(deletion, "forged"))).isEqualTo(deletion);
        assertThat(handlers.handled(new TokenRecord(deletion.key(), deletion.recordVersion(), deletion.provenance(),
                deletion.change(), Content.absent(), OTHER.block()))).isEqualTo(deletion);
    }

    @Test
    void failedContentIsAskedForAgain() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        TokenRecord failed = Records.of(ONE).withContent(new Content.Failed(1, "timeout: before"));
        assertThat(handlers.content(failed)).isEqualTo(fetched(ONE.text(), "fake"));
    }

    @Test
    void nobodyAsksForTheContentOfAScanThatWantsNone() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        TokenRecord row = Records.of(ONE);
        TokenRecord essential = new TokenRecord(row.key(), row.recordVersion(), row.provenance(), row.change(),
                Content.absent(), null, null, true);
        assertThat(handlers.handled(essential)).isEqualTo(essential);
        assertThat(handlers.content(claiming(essential, "forged"))).isEqualTo(Content.absent());
    }

    private static TokenRecord claiming(TokenRecord record, String text) {
        return record.withContent(fetched(text, "attached"));
    }
}
