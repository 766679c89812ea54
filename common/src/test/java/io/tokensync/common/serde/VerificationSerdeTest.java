package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeDigest.Repaired;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerificationSerdeTest {
    private static final String UUID = "11111111-2222-4333-8444-555555555555";
    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    static final NodeVerdict VERDICT = new NodeVerdict("10.0.0.1", "Node01", UUID, 7, AT, Outcome.DIFFERS, 3,
            64, 0, 2, List.of(5), List.of(new TableRow("Qm1", Long.MIN_VALUE, 6)), true);

    static NodeDigest digest() {
        BucketSums.Builder builder = new BucketSums.Builder();
        builder.add("Qm1", Long.MAX_VALUE);
        BucketSums sums = builder.sums();
        return new NodeDigest("10.0.0.1", "Node|01", UUID, UUID, "/nodes/Node01/Rubix/rubix.db", 7, AT,
                StartedBy.NEW_STATE, true, sums.digest(), sums.reduced(), new Repaired(1, 2, 3));
    }

    @Test
    void aDigestIsReadAsItWasWritten() throws Exception {
        assertThat(VerificationSerde.readDigest(VerificationSerde.write(digest()))).isEqualTo(digest());
        assertThat(new String(VerificationSerde.toRecord("t", digest()).key(), StandardCharsets.UTF_8))
                .isEqualTo("10.0.0.1|Node\\|01");
    }

    @Test
    void aVerdictIsReadAsItWasWritten() throws Exception {
        assertThat(VerificationSerde.readVerdict(VerificationSerde.write(VERDICT))).isEqualTo(VERDICT);
        assertThat(new String(VerificationSerde.write(VERDICT), StandardCharsets.UTF_8))
                .contains("\"outcome\":\"differs\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"\"buckets\":\"[^\"]*\";\"buckets\":\"AAAA\"",
            "\"buckets\":\"[^\"]*\";\"buckets\":\"?\"", "\"buckets\":\"[^\"]*\";\"buckets\":null",
            "\"watermark\":7;\"watermark\":0", "\"digest\":\"..;\"digest\":\"", "new_state;later",
            UUID + ";" + "no-uuid",
            "\"Node.*01\";\" \""})
    void aDigestThatCannotBeIsUnreadable(String found, String replacement) {
        String json = new String(VerificationSerde.write(digest()), StandardCharsets.UTF_8);
        String broken = json.replaceFirst(found, replacement);

        assertThat(broken).isNotEqualTo(json);
        assertThatThrownBy(() -> VerificationSerde.readDigest(broken.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"\"part\":0;\"part\":2", "\\[5\\];[64]", "\"buckets\":64;\"buckets\":63",
            "Qm1;\\\\u0000", "\"outcome\":\"differs\",;"})
    void aVerdictThatCannotBeIsUnreadable(String found, String replacement) {
        String json = new String(VerificationSerde.write(VERDICT), StandardCharsets.UTF_8);
        String broken = json.replaceFirst(found, replacement == null ? "" : replacement);

        assertThat(broken).isNotEqualTo(json);
        assertThatThrownBy(() -> VerificationSerde.readVerdict(broken.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }
}
