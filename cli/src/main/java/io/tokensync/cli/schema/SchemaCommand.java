package io.tokensync.cli.schema;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.Confirmation;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.schema.Schema;

/** {@code schema}: the tables of the target database. The writer only checks them, so another login may make them. */
@Command(name = "schema", mixinStandardHelpOptions = true, description = "Shows, makes, checks or empties the tables of the database.", subcommands = {
        SchemaCommand.Print.class, SchemaCommand.Migrate.class, SchemaCommand.Validate.class,
        SchemaCommand.Grants.class, SchemaCommand.Clear.class, ResetVersionsCommand.class})
public final class SchemaCommand implements Runnable {
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
            sqlite
        }

        @Option(names = "--dialect", description = "sqlserver or sqlite (default: ${DEFAULT-VALUE})")
        private Kind kind = Kind.sqlserver;

        @Override
        public Integer call() {
            System.out.print(Schema.print(kind == Kind.sqlite ? Dialect.SQLITE : Dialect.SQL_SERVER));
            return ExitCode.DONE;
        }
    }

    /** Makes or updates them. */
    @Command(name = "migrate", mixinStandardHelpOptions = true, description = "Makes the tables, brings them up to date, or takes over those of the Python tool.")
    static final class Migrate extends OnDatabaseCommand {
        @Option(names = "--dry-run", description = "say what would be done, with counts, and end")
        private boolean dryRun;

        @Mixin
        private final JsonOption json = new JsonOption();

        /** What {@code --json} shows: what would be done, or how many scripts were run. */
        private record Migration(boolean dryRun, List<String> plan, Integer scripts) {}

        @Override
        int run(Schema schema) throws SqlFailure {
            if (dryRun) {
                List<String> plan = schema.plan();
                say(new Migration(true, plan, null), () -> {
                    plan.forEach(System.out::println);
                    System.out.println(plan.isEmpty() ? "the schema is up to date" : "nothing has been done yet");
                });
                return ExitCode.DONE;
            }
            PrintStream progress = json.isAsked() ? System.err : System.out;
            int scripts = schema.migrate((rows, of) -> progress.printf(Locale.ROOT,
                    "%,d rows copied, of at most %,d of the Python tool%n", rows, of));
            say(new Migration(false, null, scripts),
                    () -> System.out.println(scripts == 0 ? "the schema is up to date" : "scripts run: " + scripts));
            return ExitCode.DONE;
        }

        private void say(Migration migration, Runnable inWords) {
            if (json.isAsked()) {
                System.out.println(JsonOption.document(migration));
            } else {
                inWords.run();
            }
        }
    }

    /** Says what the writer would not find. */
    @Command(name = "validate", mixinStandardHelpOptions = true, description = "Says what the writer needs and does not find.")
    static final class Validate extends OnDatabaseCommand {
        @Mixin
        private final JsonOption json = new JsonOption();

        /** What {@code --json} shows. */
        private record Validity(boolean valid, List<String> missing) {}

        @Override
        int run(Schema schema) throws SqlFailure {
            List<String> missing = schema.missing();
            if (json.isAsked()) {
                System.out.println(JsonOption.document(new Validity(missing.isEmpty(), missing)));
                return missing.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
            }
            missing.forEach(System.out::println);
            if (missing.isEmpty()) {
                System.out.println("the schema has all that the writer needs");
            }
            return missing.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /** The rights of a role. */
    @Command(name = "grants", mixinStandardHelpOptions = true, description = "Prints the script that gives a role the rights it needs, and no more: on SQL Server, or of the agent in the PostgreSQL database of a v1 node.")
    static final class Grants implements Callable<Integer> {
        @Option(names = "--role", required = true, converter = GrantedRole.Converter.class, description = "writer, auditor, migrator or node-reader")
        private GrantedRole role;

        @Override
        public Integer call() {
            System.out.print(role.script());
            return ExitCode.DONE;
        }
    }

    /** Empties them. */
    @Command(name = "clear", mixinStandardHelpOptions = true, description = "Deletes all rows of TokenRecords and ProcessedDatabases, after a word is typed.")
    static final class Clear extends OnDatabaseCommand {
        @Override
        int run(Schema schema) throws SqlFailure {
            long rows = schema.rows();
            String question = String.format(Locale.ROOT,
                    "this deletes all %,d rows of dbo.TokenRecords, and what is known of"
                            + " processed databases",
                    rows);
            if (!new Confirmation(System.in, System.out).given(question, "CLEAR")) {
                return ExitCode.FAILED;
            }
            schema.clear();
            System.out.printf(Locale.ROOT, "%,d rows deleted; they come back by replaying what the topics still hold:"
                    + " tokensync replay --topic tokens.enriched --from beginning %s%n", rows, sameInstallation());
            return ExitCode.DONE;
        }
    }
}
