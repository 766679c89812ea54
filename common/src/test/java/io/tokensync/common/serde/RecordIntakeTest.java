package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is let in from a topic. */
class RecordIntakeTest {
    private final RecordIntake intake = new RecordIntake(Clock.systemUTC());
    private final TokenRecord whole = Records.whole();
    private final TokenRecord row = new TokenRecord(new TokenKey("10.0.0.1", "n|1", "Qm1"), whole.recordVersion(),
            whole.provenance(), whole.change(), whole.content(), null);

    @Test
    void aRecordUnderTheKeyOfItsRowIsRead() throws Exception {
        assertThat(intake.read(under("10.0.0.1|n\\|1|Qm1"))).isEqualTo(row);
    }

    /** Another machine's, another token's, one that is written otherwise than agents do, none. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "10.0.0.2|n\\|1|Qm1", "10.0.0.1|n\\|1|Qm2", "10.0.0.1|\\n\\|1|Qm1", "10.0.0.1|n|1|Qm1"})
    void aRecordUnderAnotherKeyIsRejectedForThat(String key) {
        assertThatThrownBy(() -> intake.read(under(key))).isInstanceOfSatisfying(UnreadableRecordException.class,
                failure -> assertThat(failure.reason()).isEqualTo(RejectionReason.KEY_MISMATCH))
                .hasMessageContaining("key").hasMessageNotContaining("10.0.0");
    }

    private ConsumerRecord<byte[], byte[]> under(String key) {
        return new ConsumerRecord<>("topic", 0, 0, key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                TokenRecordSerde.write(row));
    }
}
