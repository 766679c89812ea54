package io.tokensync.cli.verify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.tds.faults.AzureErrors;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Event;
import io.tokensync.tds.faults.Occasion;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

/** Through Microsoft's driver. */
class VerifyFileWireIT extends VerifyFileContract {
    private static final Pattern CHANGES = Pattern.compile("(?i)\\b(INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP)\\b");
    private static final Pattern NAME = Pattern.compile("dbo\\.\\w+");

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
    List<String> options() {
        return List.of("--sql", endpoint.jdbcUrl(false), "--sql-user", endpoint.user(),
                "--sql-password=" + endpoint.password());
    }

    /** What is sent only reads, and only what the role may read. */
    @Test
    void theRoleOfAnAuditorIsEnough() {
        List<String> statements = new CopyOnWriteArrayList<>();
        endpoint.script().on(new Occasion(event -> {
            if (event instanceof Event.Executing(String text)) {
                statements.add(text);
            }
            return false;
        }, 1, 1), new Effect.Fail(AzureErrors.busy()));
        assertThat(verify("--node", "10.0.0.1/node1").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(verify("--node", "10.0.0.1/other").exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(statements).noneMatch(text -> CHANGES.matcher(text).find());
        Set<String> read = statements.stream().flatMap(text -> NAME.matcher(text).results())
                .map(name -> name.group()).collect(Collectors.toSet());
        assertThat(read).containsExactlyInAnyOrder("dbo.TokenRecords", "dbo.vw_NodeVerification", "dbo.vw_Nodes");
        String granted = Schema.grants(Schema.Role.AUDITOR);
        assertThat(read).allSatisfy(name -> assertThat(granted)
                .contains("GRANT SELECT ON OBJECT::" + name + " TO tokensync_auditor"));
    }
}
