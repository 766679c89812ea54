package io.tokensync.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.verification.NodeTable.Node;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code verify --file} finds beside the table, on each database product. */
abstract class VerifyFileContract {
    private static final int TOKENS = 60;
    private static final String LABELS = "difference,token_id,field,on_node,in_table,deleted_at\r\n";

    @TempDir
    Path directory;
    Database database;
    CopiedNode node;
    private String digest;

    abstract SqlSettings settings() throws IOException;

    /** Names the database on the command line. */
    abstract List<String> options();

    @BeforeEach
    void fill() throws Exception {
        database = Database.open(settings(), 1);
        new Schema(database).migrate();
        node = CopiedNode.write(directory.resolve("copy.db"), TOKENS);
        node.into(database.dataSource(), CopiedNode.NODE);
        node.into(database.dataSource(), new Node("10.0.0.2", "other"));
        digest = node.copy().contents().digest().digest();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void equalRowsAreSaidToBeEqual() throws Exception {
        run("UPDATE dbo.TokenRecords SET did = 'x' WHERE source_ip = '10.0.0.2'");
        byte[] before = Files.readAllBytes(node.file());
        CommandLineOutput told = verify("--node", "10.0.0.1/node1");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(ExitCode.DONE);
        assertThat(told.out()).contains("copy.db: 60 rows, digest " + digest, "10.0.0.1/node1 in database ",
                ": 60 rows, digest " + digest, "equal: the table has exactly the rows of this copy",
                "verifications: none of this node yet").doesNotContain("in flight", "different");
        assertThat(node.file()).hasBinaryContent(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("copy"))).hasSize(1);
        }
    }

    @Test
    void eachRowThatDiffersIsNamedWithWhatEachSideHas() throws Exception {
        change();
        CommandLineOutput told = verify("--node", "10.0.0.1/node1");
        assertThat(told.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(told.out()).contains("different: 4 of 4,096 buckets; rows: 2 only on the node, 1 only in the table, "
                + "1 different");
        assertThat(told.out().lines().map(line -> line.strip().replaceAll(" +", " "))).contains(
                "different " + CopiedNode.id(3) + " status_name: transferred on the node, free in the table; "
                        + "updated_at: nothing on the node, 2026-01-02 03:04:05.0000000 in the table",
                "only in the table QmNobody did " + "x" + ", status_name free",
                "only on the node " + CopiedNode.id(4) + " did bafybmi" + "a".repeat(52)
                        + ", status_name free, token_value 1.0, token_kind whole",
                "only on the node " + CopiedNode.id(5) + " did bafybmi" + "a".repeat(52)
                        + ", status_name free, token_value 1.0, token_kind whole; gone from the node since "
                        + "2026-02-03 04:05:06.0000000 by the table");
        assertThat(told.out()).contains("What is published and not yet in the table differs too",
                "./tokensync verify --config scanner.yaml --node node1 --wait", "with a newer copy");
    }

    @Test
    void programsAreToldAllFieldsAsCsv() throws Exception {
        change();
        CommandLineOutput told = verify("--node", "10.0.0.1/node1", "--format", "csv", "--limit", "1");
        assertThat(told.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(told.out()).startsWith(LABELS).contains(
                "different," + CopiedNode.id(3) + ",status_name,transferred,free,\r\n",
                "different," + CopiedNode.id(3) + ",updated_at,,2026-01-02 03:04:05.0000000,\r\n",
                "only_in_table,QmNobody,status_name,,free,\r\n",
                "only_on_node," + CopiedNode.id(4) + ",transaction_id,tx4,,\r\n",
                "only_on_node," + CopiedNode.id(5) + ",node_generation,", ",2026-02-03 04:05:06.0000000\r\n");
        assertThat(told.err()).contains("different: 4 of 4,096 buckets").doesNotContain("more with --limit");
    }

    @Test
    void programsAreToldAllOfItAsJson() throws Exception {
        verification("differs", "0".repeat(64), 1);
        change();
        JsonNode told = JsonMapper.shared().readTree(verify("--node", "10.0.0.1/node1", "--json").out());
        assertThat(told.get("equal").asBoolean()).isFalse();
        assertThat(told.at("/file/digest").asString()).isEqualTo(digest);
        assertThat(told.at("/file/rows").asLong()).isEqualTo(TOKENS);
        assertThat(told.at("/table/rows").asLong()).isEqualTo(TOKENS - 1L);
        assertThat(told.get("buckets_differing").asInt()).isEqualTo(4);
        assertThat(told.at("/verification/outcome").asString()).isEqualTo("differs");
        assertThat(told.at("/verification/digest_is_that_of_the_file").asBoolean()).isFalse();
        assertThat(told.get("differences")).anySatisfy(field -> {
            assertThat(field.get("difference").asString()).isEqualTo("different");
            assertThat(field.get("field").asString()).isEqualTo("status_name");
            assertThat(field.get("on_node").asString()).isEqualTo("transferred");
            assertThat(field.get("in_table").asString()).isEqualTo("free");
        });
        assertThat(List.of(told.get("only_on_node").asInt(), told.get("only_in_table").asInt(),
                told.get("different").asInt())).containsExactly(2, 1, 1);
    }

    @Test
    void onlyTheFirstRowsAreShownToPeople() throws Exception {
        run("UPDATE dbo.TokenRecords SET token_value = '9'");
        assertThat(verify("--node", "10.0.0.1/node1").out()).contains("60 different",
                "(20 of 60 rows; more with --limit ROWS, all with --format csv or --json)");
        assertThat(verify("--node", "10.0.0.1/node1", "--limit", "100").out().lines()
                .filter(line -> line.startsWith("  different "))).hasSize(TOKENS);
    }

    @Test
    void aNodeThatTheTableDoesNotKnowIsNotCompared() {
        CommandLineOutput told = verify("--node", "10.0.0.1/other");
        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).contains("the table does not know node 10.0.0.1/other",
                "nodes of this machine or name are: 10.0.0.1/node1, 10.0.0.2/other");
        assertThat(verify("--node", "10.9.9.9/nobody").err()).contains("its nodes are in source_ip and node_name");
    }

    @Test
    void aNodeOfWhichTheTableKnowsOnlyRowsThatAreGoneIsCompared() throws Exception {
        run("UPDATE dbo.TokenRecords SET deleted_version = 9, deleted_at = '2026-02-03 04:05:06.0000000' WHERE "
                + CopiedNode.IS_IT);
        CommandLineOutput told = verify("--node", "10.0.0.1/node1");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(told.out()).contains("60 only on the node, none only in the table, none different");
    }

    @Test
    void theFileOfAnotherNodeDiffersInAllRows() throws Exception {
        CopiedNode empty = CopiedNode.write(directory.resolve("empty.db"), 0);
        CommandLineOutput told = verifyFile(empty.file(), "--node", "10.0.0.2/other");
        assertThat(told.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(told.out()).contains("none only on the node, 60 only in the table, none different");
    }

    @Test
    void theLastVerificationIsShown() throws Exception {
        verification("equal", digest, 1);
        assertThat(verify("--node", "10.0.0.1/node1").out())
                .contains("last verification: equal as of 2026-03-29T02:00:01Z, node 60 rows, table 60; "
                        + "its digest is that of this copy");
        verification("differs", "f".repeat(64), 2);
        assertThat(verify("--node", "10.0.0.1/node1").out())
                .contains("last verification: differs as of 2026-03-29T02:00:02Z",
                        "its digest is not that of this copy: " + "f".repeat(64),
                        "; last equal as of 2026-03-29T02:00:01Z");
        assertThat(verify("--node", "10.0.0.2/other").out()).contains("verifications: none of this node yet");
    }

    @Test
    void aTableWithoutVerificationsIsComparedAllTheSame() throws Exception {
        run("DROP VIEW dbo.vw_NodeVerification");
        CommandLineOutput told = verify("--node", "10.0.0.1/node1");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(ExitCode.DONE);
        assertThat(told.out()).contains("equal: ",
                "verifications: the table has none, or this login may not read vw_NodeVerification");
    }

    @Test
    void theNodeMustBeNamed() {
        for (List<String> wrong : List.of(List.<String>of(), List.of("--node", "node1"), List.of("--node", "node1/"),
                List.of("--node", "/node1"))) {
            CommandLineOutput told = verify(wrong.toArray(String[]::new));
            assertThat(told.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(told.err()).contains("needs --node IP/NAME", "nothing in a copy says whose it is");
        }
    }

    /** One row has another status and a time, one is not in the table, one is gone from it, and one only it has. */
    private void change() throws Exception {
        run("UPDATE dbo.TokenRecords SET status_name = 'free', updated_at = '2026-01-02 03:04:05.0000000' WHERE "
                + CopiedNode.IS_IT + " AND token_id = '" + CopiedNode.id(3) + "'");
        run("DELETE FROM dbo.TokenRecords WHERE " + CopiedNode.IS_IT + " AND token_id = '" + CopiedNode.id(4) + "'");
        run("UPDATE dbo.TokenRecords SET deleted_version = 9, deleted_at = '2026-02-03 04:05:06.0000000' WHERE "
                + CopiedNode.IS_IT + " AND token_id = '" + CopiedNode.id(5) + "'");
        run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, status_name) VALUES ('10.0.0.1',"
                + " 'node1', 'QmNobody', 'x', 'free')");
    }

    private void verification(String outcome, String nodeDigest, int second) throws Exception {
        String time = "'2026-03-29 02:00:0" + second + ".0000000'";
        run("INSERT INTO dbo.NodeVerifications (source_ip, node_name, watermark, as_of, verified_at, started_by, outcome,"
                + " node_rows, table_rows, node_digest, table_digest, buckets, buckets_differing, buckets_unsettled,"
                + " rows_republished, rows_deleted, rows_deferred, duration_seconds, agent_id, session_id) VALUES ("
                + "'10.0.0.1', 'node1', " + second + ", " + time + ", " + time + ", 'schedule', '" + outcome
                + "', 60, 60, '" + nodeDigest + "', '" + digest + "', 64, 0, 0, 0, 0, 0, 0.5, 'a', 's')");
    }

    void run(String sql) throws Exception {
        CopiedNode.run(database.dataSource(), sql);
    }

    CommandLineOutput verify(String... arguments) {
        return verifyFile(node.file(), arguments);
    }

    private CommandLineOutput verifyFile(Path file, String... arguments) {
        List<String> all = new ArrayList<>(List.of("verify", "--file", file.toString()));
        all.addAll(options());
        all.addAll(List.of(arguments));
        return CommandLineOutput.of(all.toArray(String[]::new));
    }
}
