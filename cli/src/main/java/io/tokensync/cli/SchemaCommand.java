package io.tokensync.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** {@code schema}: the tables of the target database. The writer only checks them, so another login may make them. */
@Command(name = "schema", mixinStandardHelpOptions = true, description = "Shows, makes or checks the tables of the database.", subcommands = {
        SchemaCommand.Print.class, SchemaCommand.Migrate.class, SchemaCommand.Validate.class})
final class SchemaCommand implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The scripts. */
    @Command(name = "print", mixinStandardHelpOptions = true, description = "Prints the scripts that make the tables.")
    static final class Print implements Callable<Integer> {
        /** Databases that there are scripts for. */
        enum Kind {
            sqlserver,
            h2
        }

        @Option(names = "--dialect", description = "sqlserver or h2 (default: ${DEFAULT-VALUE})")
        private Kind kind = Kind.sqlserver;

        @Override
        public Integer call() {
            System.out.print(Schema.print(kind == Kind.h2 ? Dialect.H2 : Dialect.SQL_SERVER));
            return ExitCode.DONE;
        }
    }

    /** The database of a writer's configuration. */
    abstract static class OnDatabase implements Callable<Integer> {
        @Option(names = "--config", required = true, paramLabel = "FILE", description = "the writer's configuration in YAML")
        private Path config;

        @Override
        public Integer call() throws SqlFailure {
            Settings settings = Settings.load(config, System.getenv());
            Optional<WriterConfig> writer = settings.build(() -> WriterConfig.from(settings));
            settings.check();
            try (Database database = Database.open(writer.orElseThrow().sql(), 1)) {
                return run(new Schema(database));
            }
        }

        abstract int run(Schema schema) throws SqlFailure;
    }

    /** Makes or updates them. */
    @Command(name = "migrate", mixinStandardHelpOptions = true, description = "Makes the tables, or brings them up to date.")
    static final class Migrate extends OnDatabase {
        @Override
        int run(Schema schema) throws SqlFailure {
            int scripts = schema.migrate();
            System.out.println(scripts == 0 ? "the schema is up to date" : "scripts run: " + scripts);
            return ExitCode.DONE;
        }
    }

    /** Says what the writer would not find. */
    @Command(name = "validate", mixinStandardHelpOptions = true, description = "Says what the writer needs and does not find.")
    static final class Validate extends OnDatabase {
        @Override
        int run(Schema schema) throws SqlFailure {
            List<String> missing = schema.missing();
            missing.forEach(System.out::println);
            if (missing.isEmpty()) {
                System.out.println("the schema has all that the writer needs");
            }
            return missing.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
