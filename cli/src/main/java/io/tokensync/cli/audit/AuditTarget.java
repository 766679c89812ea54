package io.tokensync.cli.audit;

import java.nio.file.Path;
import java.time.Duration;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.ConfiguredTable;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

/** Options that say which table is audited. */
final class AuditTarget {
    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("tokensync-data");

    @Option(names = "--config", paramLabel = "FILE", description = "the monitor's configuration: its monitor.sql instead of --data")
    private Path config;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * A table.
     *
     * @param sql where it is
     * @param quiet after how long without news a node counts as quiet
     */
    record Place(SqlSettings sql, Duration quiet) {}

    /** The table that the options name. */
    Place place() {
        if (config != null) {
            return configured();
        }
        EmbeddedDatabase database = EmbeddedDatabase.of(data);
        if (!database.exists()) {
            throw new ParameterException(spec.commandLine(),
                    database.missing() + ", or a configuration with --config FILE");
        }
        return new Place(database.settings(), AuditSettings.QUIET);
    }

    private Place configured() {
        AuditSettings audit = ConfiguredTable.ofMonitor(config).orElseThrow(
                () -> new ParameterException(spec.commandLine(), config + " " + ConfiguredTable.NO_DATABASE));
        return new Place(audit.sql(), audit.quiet());
    }
}
