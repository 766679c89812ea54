package io.tokensync.cli.schema;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.tokensync.cli.terminal.Confirmation;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.schema.Schema;

/** Lets rows move again that a version beyond all clocks has frozen. */
@Command(name = "reset-versions", mixinStandardHelpOptions = true, description = "Sets versions of rows, deletions and contents that lie more than a day ahead back to the present, after a word is typed: until then no true change of such a row is taken over. See audit --kind implausible_versions.")
final class ResetVersionsCommand extends OnDatabaseCommand {
    @Option(names = "--dry-run", description = "count the rows, and end")
    private boolean dryRun;

    @Override
    int run(Schema schema) throws SqlFailure {
        Instant now = Clock.systemUTC().instant();
        long rows = schema.versionReset().count(now);
        if (rows == 0 || dryRun) {
            System.out.printf(Locale.ROOT, "%,d rows have versions more than a day ahead%n", rows);
            return ExitCode.DONE;
        }
        String question = String.format(Locale.ROOT, "this sets the versions of %,d rows back to the present", rows);
        if (!new Confirmation(System.in, System.out).given(question, "RESET")) {
            return ExitCode.FAILED;
        }
        schema.versionReset().run(now);
        System.out.printf(Locale.ROOT, "%,d rows set back; their fields stay as they are until their agent publishes"
                + " them again, which it does at once when its state (scanner.state-dir) is removed%n", rows);
        return ExitCode.DONE;
    }
}
