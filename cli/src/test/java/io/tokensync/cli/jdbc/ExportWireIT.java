package io.tokensync.cli.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.parquet.ParquetColumn;
import io.tokensync.cli.parquet.ParquetRows;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.tds.SqlServerEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/** The export through Microsoft's driver. */
class ExportWireIT {
    private final SqlServerEndpoint endpoint = SqlServerEndpoint.start();

    @TempDir
    private Path directory;

    @BeforeEach
    void tokens() throws Exception {
        try (AuditedTable table = new AuditedTable(settings())) {
            table.read(Reading.of("Qm1", "n", "free", "=1+1", "T"), Reading.of("Qm2", "n", "free", "A", "T"));
        }
        Files.writeString(directory.resolve("password"), endpoint.password());
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    @Test
    void aTableAndAViewAreWritten() throws Exception {
        Path file = directory.resolve("tokens.csv");
        CommandLineOutput run = export("--table", "tokenrecords", "--out", file.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(file).content().contains("source_ip", ",'=1+1,", "Qm1", "Qm2");
        assertThat(export("--table", "vw_Tokens", "--format", "jsonl").out()).hasLineCount(2).contains("\"=1+1\"",
                "\"is_deleted\":false");
    }

    @Test
    void aTableThatIsNotThereIsAnsweredWithThoseThatAre() {
        CommandLineOutput run = export("--table", "Tokens");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("TokenRecords", "vw_Tokens").doesNotContain(endpoint.password());
    }

    /** Columns of Parquet have the same names and types whichever product has the table. */
    @Test
    void columnsHaveTheTypesThatTheyHaveInTheEmbeddedDatabase() throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.of(Files.createDirectories(directory.resolve("data")));
        List<String> names;
        try (AuditedTable table = new AuditedTable(database.settings());
                Connection connection = SqlConnections.openToRead(database.settings())) {
            table.read(Reading.of("Qm1", "n", "free", "=1+1", "T"));
            names = new TableNames(connection, database.settings().dialect()).all().stream()
                    .filter(name -> !name.equals("tokensync_schema_history")).toList();
        }
        assertThat(names).contains("TokenRecords", "TokenHistory", "vw_SupplyByLevel");
        for (String name : names) {
            assertThat(columns(name)).as(name).isEqualTo(columns(name, directory.resolve("data")));
        }
    }

    private Set<ParquetColumn> columns(String table) throws Exception {
        Path file = directory.resolve("there.parquet");
        CommandLineOutput run = export("--table", table, "--out", file.toString());
        assertThat(run.exitCode()).as(table + run.err()).isEqualTo(ExitCode.DONE);
        return Set.copyOf(ParquetRows.of(file).columns());
    }

    private static Set<ParquetColumn> columns(String table, Path data) throws Exception {
        Path file = data.resolve("here.parquet");
        CommandLineOutput run = CommandLineOutput.of("export", "--data", data.toString(), "--table", table, "--out",
                file.toString());
        assertThat(run.exitCode()).as(table + run.err()).isEqualTo(ExitCode.DONE);
        return Set.copyOf(ParquetRows.of(file).columns());
    }

    @Test
    void timesAndLongTextsAreReadAsTheyAre() throws Exception {
        Path file = directory.resolve("tokens.parquet");
        change("UPDATE dbo.TokenRecords SET ipfs_data = N'" + "\u4f60".repeat(100_000) + "' WHERE token_id = 'Qm1'");
        assertThat(export("--table", "TokenRecords", "--out", file.toString()).exitCode()).isEqualTo(ExitCode.DONE);
        long time = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000;
        assertThat(ParquetRows.of(file).column("db_last_modified")).containsExactly(time, time);
        assertThat(ParquetRows.of(file).column("did")).containsExactlyInAnyOrder("=1+1", "A");
        assertThat(ParquetRows.of(file).column("ipfs_fetched")).containsExactly(false, false);
        export("--table", "vw_Tokens", "--out", file.toString());
        assertThat(ParquetRows.of(file).column("ipfs_data")).contains("\u4f60".repeat(100_000));
        export("--table", "TokenRecords", "--times", "text", "--out", file.toString());
        assertThat(ParquetRows.of(file).column("db_last_modified")).containsOnly("2026-01-01 00:00:00.0000000");
    }

    private SqlSettings settings() {
        return SqlSettings.of(endpoint.jdbcUrl(false), Optional.of(endpoint.user()),
                Optional.of(Secret.of(endpoint.password())));
    }

    private void change(String sql) throws Exception {
        try (AuditedTable table = new AuditedTable(settings())) {
            table.run(sql);
        }
    }

    private CommandLineOutput export(String... arguments) {
        String[] all = new String[arguments.length + 7];
        String[] where = {"export", "--sql", endpoint.jdbcUrl(false), "--sql-user", endpoint.user(),
                "--sql-password-file", directory.resolve("password").toString()};
        System.arraycopy(where, 0, all, 0, where.length);
        System.arraycopy(arguments, 0, all, where.length, arguments.length);
        return CommandLineOutput.of(all);
    }
}
