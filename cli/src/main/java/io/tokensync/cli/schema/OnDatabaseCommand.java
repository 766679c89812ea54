package io.tokensync.cli.schema;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Option;

import io.tokensync.cli.terminal.DurationConverter;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.common.time.Sleeper;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** A command on the database of a writer's configuration, which is waited for when it is away. */
abstract class OnDatabaseCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the writer's configuration in YAML")
    private Path config;

    @Option(names = "--wait", paramLabel = "DURATION", defaultValue = "120s", converter = DurationConverter.class, description = "how long a database that is away is waited for (default: ${DEFAULT-VALUE}; 0s: not at all)")
    private Duration wait;

    @Override
    public Integer call() throws SqlFailure, InterruptedException {
        Settings settings = Settings.load(config, System.getenv());
        Optional<WriterConfig> writer = settings.build(() -> WriterConfig.from(settings));
        var _ = settings.build(() -> AdminSettings.from(settings, 0));
        settings.check();
        SqlSettings sql = writer.orElseThrow().sql();
        try (Database database = Database.open(sql, 1)) {
            new DatabaseWait(sql.place(), wait, System.err, Clock.systemUTC(), Sleeper.system()).until(database::ask);
            return run(new Schema(database));
        } catch (SqlFailure e) {
            throw e.at(sql.place());
        }
    }

    abstract int run(Schema schema) throws SqlFailure;
}
