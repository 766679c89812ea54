package io.tokensync.cli.jdbc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.SqlOptions;
import io.tokensync.cli.operator.When;
import io.tokensync.cli.output.CsvFormat;
import io.tokensync.cli.output.JsonFormat;
import io.tokensync.cli.output.WholeFile;
import io.tokensync.cli.parquet.ParquetFile;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.writer.schema.AsOf;

/** {@code export}: a whole table or view, row by row, for another program. */
@Command(name = "export", mixinStandardHelpOptions = true, description = "Writes a table or view into a file, row by row, however large it is. The file is there when it is complete, and not before.")
public final class ExportCommand implements Callable<Integer> {
    private static final int FETCHED = 1_000;

    @Option(names = "--table", paramLabel = "NAME", required = true, description = "the table or view, such as TokenRecords or vw_Tokens")
    private String table;

    @Option(names = "--as-of", paramLabel = "TIME", description = "the rows of TokenRecords as the table had learned of them by then, from TokenHistory; with --table TokenRecords; "
            + When.FORMS)
    private String asOf;

    @Option(names = "--format", description = "csv (a text that a spreadsheet would take for a formula gets an apostrophe in front), jsonl, an object on each line, or parquet, columns with types, with --out; default: by the name of the file, else csv")
    private ExportFormat format;

    @Option(names = "--times", description = "with parquet: timestamps (default), with nanoseconds, of the years 1677 to 2262, or text, as the other formats have them")
    private TimeForm times;

    @Option(names = "--out", paramLabel = "FILE", description = "where it is written (default: standard output)")
    private Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo (default: tokensync-data, unless --sql or --sql-file is given)")
    private Path data;

    @Mixin
    private final SqlOptions sql = new SqlOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkOptions();
        SqlSettings settings = settings();
        try (Connection connection = SqlConnections.openToRead(settings.unhurried())) {
            // a driver that would otherwise read all rows at once reads them by and by
            connection.setAutoCommit(false);
            return export(connection, settings.dialect());
        } catch (SQLException e) {
            System.err.println("the database answers with error " + e.getErrorCode() + ", state " + e.getSQLState()
                    + ": it is away, or the login may not SELECT from " + table);
        } catch (IOException e) {
            System.err.println((file == null ? "standard output" : file) + " could not be written: " + e.getMessage());
        }
        return ExitCode.FAILED;
    }

    private int export(Connection connection, Dialect dialect) throws SQLException, IOException {
        TableNames names = new TableNames(connection, dialect);
        Optional<String> name = names.like(table);
        if (name.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "--table " + table + ": there is no such table or view, or "
                            + "this login may not see it; there are " + String.join(", ", names.all()));
        }
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery(query(name.get(), dialect))) {
                write(rows, new ColumnTypes(dialect, times == TimeForm.text));
            }
        }
        return ExitCode.DONE;
    }

    private String query(String name, Dialect dialect) {
        if (asOf == null) {
            return "SELECT * FROM dbo." + TableNames.quoted(name);
        }
        if (!name.equals("TokenRecords")) {
            throw new ParameterException(spec.commandLine(), "--as-of goes with --table TokenRecords, not " + name);
        }
        Instant at = When.parse(asOf, Clock.systemUTC()).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "--as-of " + asOf + " is none of: " + When.FORMS));
        return dialect.translated(AsOf.query(dialect, at, "SELECT * FROM " + AsOf.TABLE));
    }

    private void write(ResultSet rows, ColumnTypes types) throws SQLException, IOException {
        if (file == null) {
            PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
            format().write(rows, types, out);
            if (out.checkError()) {
                throw new IOException("whoever read it has gone");
            }
            return;
        }
        try (WholeFile whole = WholeFile.at(file)) {
            format().write(rows, types, whole.out());
            whole.complete();
        }
    }

    /** What the rows are written as; the names are those of the option. */
    enum ExportFormat {
        /** RFC 4180, for spreadsheets. */
        csv {
            @Override
            void write(ResultSet rows, ColumnTypes types, PrintStream out) throws SQLException {
                CsvFormat.toFile(new ResultRows(rows), out);
            }
        },
        /** JSON, an object on each line, for programs. */
        jsonl {
            @Override
            void write(ResultSet rows, ColumnTypes types, PrintStream out) throws SQLException {
                JsonFormat.lines(new ResultRows(rows), out);
            }
        },
        /** Parquet, columns with types, for analysis. */
        parquet {
            @Override
            void write(ResultSet rows, ColumnTypes types, PrintStream out) throws SQLException, IOException {
                TypedRows typed = new TypedRows(rows, types);
                ParquetFile file = new ParquetFile(out, typed.columns());
                typed.writeTo(file);
                file.complete();
            }
        };

        abstract void write(ResultSet rows, ColumnTypes types, PrintStream out) throws SQLException, IOException;
    }

    /** What the times of Parquet are written as; the names are those of the option. */
    enum TimeForm {
        /** Nanoseconds, UTC. */
        timestamps,
        /** As the tables have them. */
        text
    }

    private void checkOptions() {
        boolean isParquet = format() == ExportFormat.parquet;
        if (isParquet && file == null) {
            throw new ParameterException(spec.commandLine(),
                    "--format parquet needs --out FILE: it is no text, and who reads it goes back and forth in it");
        }
        if (times != null && !isParquet) {
            throw new ParameterException(spec.commandLine(), "--times goes with --format parquet");
        }
    }

    private ExportFormat format() {
        if (format != null) {
            return format;
        }
        String name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            return ExportFormat.parquet;
        }
        return List.of(".jsonl", ".ndjson").stream().anyMatch(name::endsWith) ? ExportFormat.jsonl : ExportFormat.csv;
    }

    private SqlSettings settings() {
        sql.read(false);
        if (data != null && sql.address().isPresent()) {
            throw new ParameterException(spec.commandLine(),
                    "--data and --sql both say where the table is; leave one");
        }
        Optional<SqlSettings> given = sql.settings(System.getenv());
        if (given.isPresent()) {
            return given.get();
        }
        EmbeddedDatabase database = EmbeddedDatabase.of(data == null ? Path.of("tokensync-data") : data);
        if (!database.exists()) {
            throw new ParameterException(spec.commandLine(), database.missing() + ", or another database with --sql");
        }
        return database.settings();
    }
}
