package io.tokensync.cli.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.parquet.ParquetColumn;
import io.tokensync.cli.parquet.ParquetRows;
import io.tokensync.cli.parquet.ParquetType;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class ExportParquetTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void database() throws Exception {
        Files.createDirectories(data());
        file = directory.resolve("rows.parquet");
        try (AuditedTable table = new AuditedTable(EmbeddedDatabase.of(data()).settings())) {
            table.read(Reading.of("Qm1", "n", "free", "=cmd|' /C calc'!A0", "T").with("created_at",
                    "2026-01-31 23:59:59.1234567"), Reading.of("Qm2", "n", "free", "a\"b,c\u202ed\r\n", null));
        }
    }

    @Test
    void valuesAreWrittenAsTheyAre() throws Exception {
        ParquetRows read = export("TokenRecords");
        assertThat(read.column("did")).containsExactly("=cmd|' /C calc'!A0", "a\"b,c\u202ed\r\n");
        assertThat(read.column("transaction_id")).containsExactly("T", null);
        assertThat(read.column("ipfs_fetched")).containsExactly(false, false);
        Instant created = Instant.parse("2026-01-31T23:59:59.1234567Z");
        assertThat(read.column("created_at"))
                .containsExactly(created.getEpochSecond() * 1_000_000_000 + created.getNano(), null);
        assertThat(read.column("token_level")).containsOnlyNulls();
    }

    @Test
    void typesAreOfTheColumnsAndNotOfTheRows() throws Exception {
        List<ParquetColumn> some = export("vw_Nodes").columns();
        assertThat(some).contains(new ParquetColumn("rows_listed", ParquetType.INTEGER),
                new ParquetColumn("hours_silent", ParquetType.INTEGER),
                new ParquetColumn("last_heard_at", ParquetType.TIME),
                new ParquetColumn("problem", ParquetType.TEXT));
        change("DELETE FROM dbo.TokenRecords");
        ParquetRows none = export("vw_Nodes");
        assertThat(none.rows()).isEmpty();
        assertThat(none.columns()).isEqualTo(some);
        assertThat(export("TokenRecords", "--as-of", "2026-01-01T00:00:00Z").columns())
                .contains(new ParquetColumn("is_deleted", ParquetType.TRUTH),
                        new ParquetColumn("deleted_at", ParquetType.TIME),
                        new ParquetColumn("record_version", ParquetType.INTEGER));
    }

    @Test
    void aTimeThatNanosecondsDoNotHoldIsNamedAndWrittenAsText() throws Exception {
        Files.writeString(file, "of before");
        for (String time : List.of("9999-12-31 23:59:59.9999999", "0001-01-01 00:00:00.0000000")) {
            change("UPDATE dbo.TokenRecords SET updated_at = '" + time + "' WHERE token_id = 'Qm2'");
            CommandLineOutput run = run("--table", "TokenRecords", "--out", file.toString());
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).contains("row 2, column updated_at", time, "1677 to 2262", "--times text");
            assertThat(file).content().isEqualTo("of before");
            assertThat(directory).isDirectoryNotContaining("glob:**.part");
        }
        ParquetRows read = export("TokenRecords", "--times", "text");
        assertThat(read.column("updated_at")).containsExactly(null, "0001-01-01 00:00:00.0000000");
        change("UPDATE dbo.TokenRecords SET updated_at = '1677-09-22 00:00:00.0000001' WHERE token_id = 'Qm2'");
        assertThat(export("TokenRecords").column("updated_at")).containsExactly(null,
                Instant.parse("1677-09-22T00:00:00Z").getEpochSecond() * 1_000_000_000 + 100);
        change("UPDATE dbo.TokenRecords SET updated_at = 'yesterday' WHERE token_id = 'Qm2'");
        assertThat(run("--table", "TokenRecords", "--out", file.toString()).err()).contains("'yesterday' is no time");
    }

    @Test
    void itIsNoTextForATerminal() {
        CommandLineOutput run = run("--table", "TokenRecords", "--format", "parquet");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--format parquet needs --out FILE");
        assertThat(run.out()).isEmpty();
        assertThat(run("--table", "TokenRecords", "--times", "text").err()).contains("goes with --format parquet");
    }

    private ParquetRows export(String table, String... more) throws Exception {
        CommandLineOutput run = run(Stream.concat(Stream.of("--table", table, "--out", file.toString()),
                Stream.of(more)).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        return ParquetRows.of(file);
    }

    private CommandLineOutput run(String... arguments) {
        return CommandLineOutput.of(Stream
                .concat(Stream.of("export", "--data", data().toString()), Stream.of(arguments)).toArray(String[]::new));
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void change(String sql) throws Exception {
        try (AuditedTable table = new AuditedTable(EmbeddedDatabase.of(data()).settings())) {
            table.run(sql);
        }
    }
}
