package io.tokensync.writer.handler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.writer.batch.Records;

import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;

class ColumnCheckTest {
    /** The session's own table has its id for a key of the type UNIQUEIDENTIFIER, which holds nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"no uuid", "", "5c4f7a2e-0000-4000-8000-00000000000",
            "5c4f7a2e-0000-4000-8000-00000000000g",
            "5c4f7a2e0-000-4000-8000-000000000001", "5c4f7a2e-0000-4000-8000-00000000000\uff11"})
    void aSessionThatIsNoUuidIsNoRow(String session) {
        assertThat(ColumnCheck.check(of(session))).hasValueSatisfying(violation -> {
            assertThat(violation.reason()).isEqualTo(RejectionReason.SQL_REJECTED);
            assertThat(violation.detail()).contains("session_id is not a UUID in full");
        });
    }

    @Test
    void aUuidOfAnyCaseIsOne() {
        assertThat(ColumnCheck.check(of(Records.SESSION))).isEmpty();
        assertThat(ColumnCheck.check(of("ABCDEF00-1234-5678-90AB-cdef00000000"))).isEmpty();
    }

    private static TokenRecord of(String session) {
        TokenRecord row = upsert("a", 1, "x");
        return new TokenRecord(row.key(), 1, Records.provenance(session), row.change(), row.content(), null);
    }
}
