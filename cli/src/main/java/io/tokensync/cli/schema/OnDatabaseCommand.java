package io.tokensync.cli.schema;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.ConfiguredTable;
import io.tokensync.cli.terminal.DurationConverter;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.time.Sleeper;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.LocalFile;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** A command on the database of a writer, or of {@code local}, which is waited for when it is away. */
abstract class OnDatabaseCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "the configuration of the writer, or of local, in YAML")
    private Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local, for the database inside; local must not be running")
    private Path data;

    @Option(names = "--wait", paramLabel = "DURATION", defaultValue = "120s", converter = DurationConverter.class, description = "how long a database that is away is waited for (default: ${DEFAULT-VALUE}; 0s: not at all)")
    private Duration wait;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SqlFailure, InterruptedException {
        if ((config == null) == (data == null)) {
            throw new ParameterException(spec.commandLine(),
                    "one of --config FILE and --data DIR says where the database is");
        }
        Optional<LocalFile> local = config == null ? Optional.empty() : LocalFile.recognized(config);
        if (data != null || (local.isPresent() && !local.get().namesDatabase())) {
            return onEmbedded(data != null ? data : local.get().data());
        }
        return on(local.isPresent() ? ConfiguredTable.ofLocal(local.get()) : ConfiguredTable.ofWriter(config));
    }

    abstract int run(Schema schema) throws SqlFailure;

    /** The option that leads other commands to the same installation. */
    String sameInstallation() {
        return data == null ? "--config " + config : "--data " + data;
    }

    private int onEmbedded(Path directory) throws SqlFailure, InterruptedException {
        try (DataDirectory held = DataDirectory.openExisting(directory).warn(spec.commandLine().getErr()::println)) {
            EmbeddedDatabase database = EmbeddedDatabase.of(held.root());
            database.earlier().ifPresent(spec.commandLine().getErr()::println);
            return on(database.settings());
        }
    }

    private int on(SqlSettings sql) throws SqlFailure, InterruptedException {
        try (Database database = Database.open(sql.unhurried(), 1)) {
            new DatabaseWait(sql.place(), wait, System.err, Clock.systemUTC(), Sleeper.system()).until(database::ask);
            return run(new Schema(database));
        } catch (SqlFailure e) {
            throw e.at(sql.place());
        }
    }
}
