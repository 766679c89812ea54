package io.tokensync.cli.token.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.Main;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code token} and {@code query --as-of} tell, on each database product. */
abstract class TokenCommandContract {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private Database database;

    abstract SqlSettings settings();

    /** Names the database on the command line. */
    abstract List<String> options();

    @BeforeEach
    void fill() throws Exception {
        database = Database.open(settings(), 1);
        new Schema(database).migrate();
        row("n1", "whole", "alice", "burnt", "whole", "1.0", "NULL", "NULL");
        row("n1", "token", "alice", "transferred", "part", "0.5", "'whole'", "NULL");
        row("n2", "token", "bob", "free", "part", "0.5", "'whole'",
                "'{\"kind\":\"part\",\"parent\":\"whole\",\"part\":7,\"value\":\"0.5\"}'");
        row("n3", "token", "carol", "free", "part", "0.5", "'whole'", "NULL");
        row("n2", "smaller", "bob", "free", "part", "0.1", "'token'", "NULL");
        row("n2", "other", "bob", "free", "whole", "1.0", "NULL", "NULL");
        version("n1", 1, "'alice', 'free', NULL", "2026-01-01");
        version("n1", 2, "'alice', 'transferred', NULL", "2026-02-01");
        version("n2", 3, "'bob', 'free', NULL", "2026-02-01");
        version("n4", 4, "NULL, NULL, '2026-03-01'", "2026-03-01");
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
        database.close();
    }

    @Test
    void everyHolderOverTimeIsTold() {
        String text = token("token");
        assertThat(text).contains("Token token", "Held by", "Versions, the oldest first");
        assertThat(text.substring(text.indexOf("Versions"), text.indexOf("Parents")).lines().skip(3)
                .filter(line -> !line.isBlank()).map(line -> line.replaceAll(" +", " "))).satisfiesExactly(
                        line -> assertThat(line).contains("2026-01-01", "n1 alice free"),
                        line -> assertThat(line).contains("2026-02-01", "n1 alice transferred"),
                        line -> assertThat(line).contains("2026-02-01", "n2 bob free"),
                        line -> assertThat(line).contains("2026-03-01", "n4 NULL NULL"));
    }

    @Test
    void parentsAndPartsAreATree() {
        assertThat(token("token")).containsIgnoringNewLines("""
                Parents and parts
                whole  whole RBT, 1.0: burnt on n1 (i)
                  token  part of an RBT, 0.5: transferred on n1 (i); free on n2 (i); free on n3 (i)
                    smaller  part of an RBT, 0.1: free on n2 (i)
                """);
    }

    @Test
    void contentAndFindingsAreTold() {
        assertThat(token("token")).contains("content_kind: part", "part_number: 7",
                "Finding: Free on several nodes");
        assertThat(token("other")).contains("Content: not fetched", "Findings: none");
    }

    @Test
    void theVerificationOfItsNodesIsToldWhereThereIsOne() throws Exception {
        run("DROP VIEW IF EXISTS dbo.vw_NodeVerification");
        assertThat(token("token")).doesNotContain("verification");
        run("CREATE VIEW dbo.vw_NodeVerification AS SELECT source_ip, node_name, 'equal' AS outcome, synced_at AS as_of,"
                + " synced_at AS verified_at FROM " + table("TokenRecords") + " WHERE token_id IN ('other', 'x')");
        assertThat(token("token")).contains("Latest verification of its nodes").contains("equal");
        run("DROP VIEW dbo.vw_NodeVerification");
    }

    /** In a view of SQLite's file no schema may be named. */
    abstract String table(String name);

    @Test
    void itIsOneJsonObject() {
        JsonNode json = JsonMapper.shared().readTree(token("token", "--json"));
        assertThat(json.get("token_id").asString()).isEqualTo("token");
        assertThat(json.get("held_by")).hasSize(3);
        assertThat(json.get("versions")).hasSize(4);
        assertThat(json.at("/ancestors/0/token_id").asString()).isEqualTo("whole");
        assertThat(json.at("/family/parts/0/token_id").asString()).isEqualTo("smaller");
        assertThat(json.at("/findings/0/kind").asString()).isEqualTo("free_on_several_nodes");
        JsonNode fewer = JsonMapper.shared().readTree(token("token", "--json", "--no-findings"));
        assertThat(fewer.get("findings").isNull()).as("nobody knows whether there are any").isTrue();
        assertThat(token("token", "--no-findings")).contains("Findings: not asked for")
                .doesNotContain("Findings: none");
    }

    @Test
    void aKindOfFindingThatIsNotAnsweredIsNoneThatDoesNotNameTheToken() throws Exception {
        run("DROP VIEW dbo.vw_FreeOnSeveralNodes");
        assertThat(tokensync("token", "other")).isEqualTo(ExitCode.FAILED);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Held by",
                "Finding: no answer to \"Free on several nodes\"").doesNotContain("Findings: none");
        assertThat(complained.toString(StandardCharsets.UTF_8)).contains("free_on_several_nodes");
        printed.reset();
        assertThat(tokensync("token", "token", "--json")).isEqualTo(ExitCode.FAILED);
        JsonNode json = JsonMapper.shared().readTree(printed.toString(StandardCharsets.UTF_8));
        assertThat(json.at("/findings_unanswered/0/kind").asString()).isEqualTo("free_on_several_nodes");
        assertThat(json.at("/findings_unanswered/0/no_answer").asString()).contains("schema validate");
        assertThat(json.get("held_by")).hasSize(3);
    }

    @Test
    void aTokenThatNobodyKnowsIsSaidToBeUnknown() {
        assertThat(tokensync("token", "elsewhere")).isEqualTo(ExitCode.FAILED);
        assertThat(complained.toString(StandardCharsets.UTF_8)).contains("no node lists this token");
    }

    @Test
    void theTableAsItWasIsAsked() {
        String query = "SELECT node_name, did, status_name FROM TokensAsOf WHERE is_deleted = 0 ORDER BY node_name";
        assertThat(tokensync("query", "--as-of", "2026-01-15T00:00Z", "--format", "csv", query)).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("\r\nn1,alice,free\r\n");
        printed.reset();
        assertThat(tokensync("query", "--as-of", "2026-02-15", "--format", "csv", query)).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("\r\nn1,alice,transferred\r\nn2,bob,free\r\n");
    }

    private String token(String... arguments) {
        printed.reset();
        List<String> all = new ArrayList<>(List.of("token"));
        all.addAll(List.of(arguments));
        assertThat(tokensync(all.toArray(String[]::new))).as(() -> complained.toString(StandardCharsets.UTF_8))
                .isZero();
        return printed.toString(StandardCharsets.UTF_8);
    }

    private int tokensync(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, options());
        return Main.run(all.toArray(String[]::new));
    }

    private void row(String node, String token, String did, String status, String kind, String value, String parent,
            String info) throws Exception {
        run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, status_name, token_kind, token_value,"
                + " parent_token_id, ipfs_info) VALUES ('i', '" + node + "', '" + token + "', '" + did + "', '" + status
                + "', '" + kind + "', '" + value + "', " + parent + ", " + info + ")");
    }

    private void version(String node, int number, String values, String observed) throws Exception {
        run("INSERT INTO dbo.TokenHistory (source_ip, node_name, token_id, row_hash, record_version, did, status_name,"
                + " deleted_at, observed_at) VALUES ('i', '" + node + "', 'token', 7, " + number + ", " + values + ", '"
                + observed + " 00:00:00.0000000')");
    }

    private void run(String sql) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}
