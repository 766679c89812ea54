package io.tokensync.cli.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.standalone.data.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaCommandTest {
    @TempDir
    private Path directory;
    private String config;

    @BeforeEach
    void writeConfiguration() throws IOException {
        Path file = directory.resolve("writer.yaml");
        Files.writeString(file, "writer:\n  sql:\n    url: \"jdbc:sqlite:" + directory.resolve("tokens.db")
                + "\"\nadmin:\n  port: 9404\n");
        config = file.toString();
    }

    @Test
    void aDryRunNamesTheScriptsAndRunsNone() {
        CommandLineOutput plan = schema("migrate", "--dry-run", "--config", config);
        assertThat(plan.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(plan.out()).contains("run V001__tables.sql", "run R__1_vw_Tokens.sql",
                "nothing has been done");
        assertThat(schema("validate", "--config", config).exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(schema("validate", "--json", "--config", config).out()).startsWith("{")
                .containsIgnoringWhitespaces("\"valid\":false,\"missing\":[\"");
        assertThat(schema("migrate", "--config", config).out()).contains("scripts run: ");
        assertThat(schema("migrate", "--dry-run", "--config", config).out()).contains("up to date");
        assertThat(schema("validate", "--config", config).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aMigrationTellsProgramsWhatItWouldDoAndWhatItHasDone() {
        JsonNode plan = json("migrate", "--dry-run", "--json", "--config", config);
        assertThat(plan.get("dry_run").asBoolean()).isTrue();
        assertThat(plan.get("plan").valueStream().map(JsonNode::asString)).contains("run V001__tables.sql");
        JsonNode done = json("migrate", "--json", "--config", config);
        assertThat(done.get("dry_run").asBoolean()).isFalse();
        assertThat(done.get("scripts").asInt()).isPositive().isEqualTo(plan.get("plan").size());
        assertThat(json("migrate", "--json", "--config", config).get("scripts").asInt()).isZero();
    }

    private static JsonNode json(String... arguments) {
        return JsonMapper.builder().build().readTree(schema(arguments).out());
    }

    @Test
    void theRightsOfEachRoleArePrinted() {
        for (String role : new String[]{"writer", "auditor", "migrator"}) {
            assertThat(schema("grants", "--role", role).out()).contains("CREATE ROLE tokensync_" + role);
        }
        assertThat(schema("grants", "--role", "owner").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void nothingIsDeletedBeforeTheWordIsTyped() {
        schema("migrate", "--config", config);
        CommandLineOutput rejected = CommandLineOutput.typed("yes\n", "schema", "clear", "--config", config);
        assertThat(rejected.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(rejected.out()).contains("all 0 rows of dbo.TokenRecords", "nothing was done");
        CommandLineOutput done = CommandLineOutput.typed("CLEAR\n", "schema", "clear", "--config", config);
        assertThat(done.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(done.out()).contains("0 rows deleted", "replay");
    }

    @Test
    void versionsAreNotResetWhereThereIsNothingToReset() {
        schema("migrate", "--config", config);
        CommandLineOutput done = schema("reset-versions", "--config", config);
        assertThat(done.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(done.out()).contains("0 rows have versions");
    }

    @Test
    void theDatabaseInsideIsReachedByItsDirectoryAndByTheFileOfLocal() throws Exception {
        Path data = directory.resolve("data");
        DataDirectory.open(data).close();
        Path file = Files.writeString(directory.resolve("local.yaml"),
                "local:\n  data: " + data + "\nscanner:\n  roots: [/nodes]\nmonitor:\n  page:\n    port: 9400\n");
        CommandLineOutput made = schema("migrate", "--data", data.toString());
        assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
        assertThat(schema("validate", "--config", file.toString()).exitCode()).isEqualTo(ExitCode.DONE);
        CommandLineOutput cleared = CommandLineOutput.typed("CLEAR\n", "schema", "clear", "--config", file.toString());
        assertThat(cleared.exitCode()).as(cleared.err()).isEqualTo(ExitCode.DONE);
        assertThat(cleared.out()).contains("0 rows deleted", "--from beginning --config " + file);
        assertThat(schema("validate").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static CommandLineOutput schema(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "schema";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandLineOutput.of(all);
    }
}
