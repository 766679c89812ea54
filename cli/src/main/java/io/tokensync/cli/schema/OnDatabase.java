package io.tokensync.cli.schema;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Option;

import io.tokensync.common.config.Settings;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** A command on the database of a writer's configuration. */
abstract class OnDatabase implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the writer's configuration in YAML")
    private Path config;

    @Override
    public Integer call() throws SqlFailure {
        Settings settings = Settings.load(config, System.getenv());
        Optional<WriterConfig> writer = settings.build(() -> WriterConfig.from(settings));
        var _ = settings.build(() -> AdminSettings.from(settings, 0));
        settings.check();
        try (Database database = Database.open(writer.orElseThrow().sql(), 1)) {
            return run(new Schema(database));
        }
    }

    abstract int run(Schema schema) throws SqlFailure;
}
