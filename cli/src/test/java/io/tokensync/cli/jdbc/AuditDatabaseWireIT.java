package io.tokensync.cli.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.tds.faults.Effect;

import static io.tokensync.tds.faults.Occasion.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The audit through Microsoft's driver. */
class AuditDatabaseWireIT extends AuditAnswersContract {
    private static final String FREE = "vw_FreeOnSeveralNodes";

    private final SqlServerEndpoint endpoint = SqlServerEndpoint.start();

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    @Override
    SqlSettings settings() {
        return SqlSettings.of(endpoint.jdbcUrl(false), Optional.of(endpoint.user()),
                Optional.of(Secret.of(endpoint.password())));
    }

    @Override
    void makeEndless() {
        endpoint.script().on(statement(FREE), new Effect.Stall(Duration.ofDays(1)));
    }

    /** Whoever asks a server that has gone for twenty kinds more learns nothing twenty times. */
    @Test
    void aConnectionThatIsLostEndsTheAuditWithOneError() {
        endpoint.script().on(statement(FREE), new Effect.Reset());
        int before = endpoint.record().statements().size();
        assertThatThrownBy(() -> new AuditDatabase(settings(), Duration.ofHours(24), Clock.systemUTC())
                .find(List.of(FindingKind.values()), Rows.first(1))).isInstanceOf(AuditException.class)
                .hasMessageContaining("asked for free_on_several_nodes").hasMessageNotContaining("jdbc:");
        assertThat(endpoint.record().statements().subList(before, endpoint.record().statements().size()))
                .noneMatch(text -> text.contains("vw_PartsAgainstParent"));
    }
}
