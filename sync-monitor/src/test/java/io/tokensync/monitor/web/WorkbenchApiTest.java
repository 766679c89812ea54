package io.tokensync.monitor.web;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Unanswered;
import io.tokensync.monitor.deadletter.DeadLetterStore;
import io.tokensync.monitor.deadletter.DeadLetters;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.jdbc.SampleTable;
import io.tokensync.monitor.table.jdbc.TableDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** Searches, pages and files over HTTP, on real tables in SQLite. */
class WorkbenchApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String HOSTILE = "=cmd|'<img src=x onerror=1>\",\r\n\ud83d\ude00";
    private static final String ENCODED = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);

    @TempDir
    private Path directory;
    private final SimulatedFleet fleet = new SimulatedFleet(40, 30, CLOCK);
    private final DeadLetterStore deadLetters = new DeadLetterStore("--config writer.yaml");
    private final HttpClient client = HttpClient.newHttpClient();
    private AuditView audit = AuditView.RUNNING;
    private SampleTable sample;
    private TableDatabase table;
    private StatusPage page;

    @BeforeEach
    void start() throws Exception {
        sample = SampleTable.in(directory);
        table = new TableDatabase(sample.settings());
        deadLetters.incompleteBecause(() -> null);
        page = start(new Workbench(Optional.of(table), () -> Map.of(new NodeName("10.20.0.11", "node003"),
                Map.of("outcome", "equal", "as_of", "2026-01-01T12:03:00Z", "table_rows", 3_400_000L)), deadLetters));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        page.close();
        table.close();
        sample.close();
    }

    @Test
    void aSearchIsPagedByThePlaceThatItReturns() throws Exception {
        for (int i = 0; i < 5; i++) {
            sample.row(Map.of("token_id", "Qm" + i));
        }
        JsonNode first = json("/api/search?did=did:1&limit=3");
        assertThat(first.path("rows").valueStream().map(row -> row.path("token_id").asString()))
                .containsExactly("Qm0", "Qm1", "Qm2");
        JsonNode second = json("/api/search?did=did:1&limit=3&after=" + first.path("next").asString());
        assertThat(second.path("rows").size()).isEqualTo(2);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void aNodeIsFoundOnTheMachinesThatHaveIt() throws Exception {
        sample.row(Map.of("token_id", "a", "node_name", "node003", "source_ip", "10.20.0.11"));
        sample.row(Map.of("token_id", "b", "node_name", "node003", "source_ip", "10.9.9.9"));
        assertThat(json("/api/search?node=node003").path("rows").size()).isEqualTo(1);
        assertThat(json("/api/search?node=node003&machine=10.9.9.9").path("rows").size()).isEqualTo(1);
        assertThat(problem("/api/search?node=nobody", 400)).contains("no agent has reported a node of this name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/api/search| these conditions alone would read the whole table",
            "/api/search?min=1| read the whole table", "/api/search?presence=gone&status=free| read the whole table",
            "/api/search?tokn=x| there is no parameter tokn", "/api/search?kind=gold| kind is to be one of whole, part",
            "/api/search?token=a&min=1e9999999| min is to be a number",
            "/api/search?token=a&max=-1| max is to be a number",
            "/api/search?token=a&min=2&max=1| min is more than max", "/api/search?token=*| write some of it",
            "/api/search?token=a&validity=no| validity is to be one of any, valid, errors",
            "/api/search?token=a&presence=no| presence is to be one of listed, gone, all",
            "/api/search?token=a&limit=0| limit is to be a whole number from 1 to 200",
            "/api/search?token=a&limit=201| limit is to be", "/api/search?token=a&limit=x| limit is to be",
            "/api/search?token=a&after=x| after is not a place",
            "/api/search?token=a&after=bnVsbA| after is not a place",
            "/api/search?token=a&several=maybe| several is to be 1 or nothing",
            "/api/search?machine=10.0.0.1| machine goes with node", "/api/token| id is missing",
            "/api/owner| did is missing", "/api/node?node=x| machine is missing",
            "/api/token?id=x&x=1| there is no parameter",
            "/api/search?several=1| the audit has not been through the table yet",
            "/api/dead-letters?limit=0| limit is to be", "/api/dead-letters?x=1| there is no parameter",
            "/export/search.csv| read the whole table", "/export/findings.csv| kind is missing"})
    void whatCannotBeUnderstoodIsSaidInASentence(String path, String sentence) throws Exception {
        assertThat(problem(path, 400)).contains(sentence.strip());
    }

    @Test
    void aValueThatIsLongerThanAnyIsRejectedByItsName() throws Exception {
        assertThat(problem("/api/search?did=" + "x".repeat(1_001), 400)).startsWith("did is longer than 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/token?id=nothing", "/api/node?machine=1.2.3.4&node=n", "/export/history.csv?id=x",
            "/export/findings.jsonl?kind=none", "/api/session?id=x"})
    void whatIsNotThereIsSaid(String path) throws Exception {
        assertThat(problem(path, 404)).isNotEmpty();
    }

    @Test
    void hostileNamesComeBackAsTheyAre() throws Exception {
        sample.row(Map.of("token_id", HOSTILE, "node_name", HOSTILE, "did", HOSTILE, "source_ip", HOSTILE,
                "validation_errors", HOSTILE));
        JsonNode row = json("/api/search?did=" + ENCODED).path("rows").path(0);
        for (String field : List.of("token_id", "node_name", "did", "source_ip", "validation_errors")) {
            assertThat(row.path(field).asString()).isEqualTo(HOSTILE);
        }
        assertThat(json("/api/token?id=" + ENCODED).path("rows").size()).isEqualTo(1);
        assertThat(json("/api/owner?did=" + ENCODED).path("now").path("counted").asLong()).isEqualTo(1);
        String node = "/api/node?machine=" + ENCODED + "&node=" + ENCODED;
        assertThat(json(node).path("holdings").path("counted").asLong()).isEqualTo(1);
    }

    @Test
    void aFileHasAllRowsAndNoFormula() throws Exception {
        sample.inOneTransaction(() -> {
            for (int i = 0; i < 1_200; i++) {
                sample.row(Map.of("token_id", "Qm%04d".formatted(i)));
            }
            sample.row(Map.of("token_id", HOSTILE));
        });
        HttpResponse<String> csv = get("/export/search.csv?did=did:1");
        assertThat(csv.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"search.csv\"");
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(csv.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(csv.body()).startsWith("id,token_id,token_kind,status_name,")
                .contains("\"'" + HOSTILE.replace("\"", "\"\""));
        assertThat(csv.body().split("\r\n", -1)).hasSize(1 + 1_201 + 1 + 1); // one line end is within a value
        String[] lines = get("/export/search.jsonl?did=did:1").body().split("\n", -1);
        assertThat(lines).hasSize(1_202);
        assertThat(JSON.readTree(lines[1_200]).path("token_id").asString()).isEqualTo(HOSTILE);
        assertThat(JSON.readTree(lines[0]).path("ipfs_fetched").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nodes?q=node00| source_ip,node_name,condition,rows| 10",
            "sessions?| session_id,source_ip,status| 30", "dead-letters?| place,time,stage,reason| 2",
            "findings?kind=quiet_nodes| node_name,since| 1", "history?id=t| source_ip,node_name,token_id| 2",
            "parts?id=t| id,token_id,token_kind| 1"})
    void everyListIsAFile(String list, String header, int rows) throws Exception {
        deadLetters.take(DeadLetters.fromDatabase(1, CLOCK.instant(), "node003", "s"));
        deadLetters.take(DeadLetters.fromTopic(2, CLOCK.instant(), "x", "y", "a|b|c", "{}"));
        audit = new AuditView(AuditView.State.DONE, CLOCK.instant(), Duration.ZERO, null,
                List.of(new Finding(FindingKind.QUIET_NODES, 1, List.of("node_name", "since"),
                        List.of(List.of("n", "x")))));
        sample.row(Map.of("token_id", "p", "parent_token_id", "t"));
        for (int version : new int[]{1, 2}) {
            sample.version(
                    Map.of("token_id", "t", "record_version", version, "observed_at", "2026-01-01 00:00:00.0000000"));
        }
        String[] parts = list.split("\\?", -1);
        String csv = get("/export/" + parts[0] + ".csv?" + parts[1]).body();
        assertThat(csv).startsWith(header.strip());
        assertThat(csv.lines().count()).isEqualTo(rows + 1L);
        assertThat(get("/export/" + parts[0] + ".jsonl?" + parts[1]).body().lines().count()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/export/", "/export/search", "/export/search.exe", "/export/secret.csv",
            "/export/../x.csv"})
    void thereIsNoOtherFile(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsFreeOnSeveralNodesIsWhatTheAuditHasFound() throws Exception {
        sample.row(Map.of("token_id", "twice"));
        sample.row(Map.of("token_id", "twice", "node_name", "n2"));
        sample.row(Map.of("token_id", "once"));
        sample.row(Map.of("token_id", "repaired"));
        audit = new AuditView(AuditView.State.DONE, CLOCK.instant(), Duration.ZERO, null, List.of(new Finding(
                FindingKind.FREE_ON_SEVERAL_NODES, 7, List.of("token_id"),
                List.of(List.of("twice"), List.of("twice"), List.of("repaired")))));
        JsonNode found = json("/api/search?several=1");
        assertThat(found.path("rows").size()).isEqualTo(2);
        assertThat(found.path("note").asString()).contains("the first 3 of 7 rows", "tokensync audit --kind");
        assertThat(found.path("as_of").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(get("/export/search.jsonl?several=1").body().lines()).hasSize(2);
    }

    @Test
    void whatAnAuditWasNotAnsweredIsThatOfTheOneBeforeWithItsTime() throws Exception {
        sample.row(Map.of("token_id", "twice"));
        sample.row(Map.of("token_id", "twice", "node_name", "n2"));
        AuditAnswers missing = new AuditAnswers(
                List.of(new Unanswered(FindingKind.FREE_ON_SEVERAL_NODES, "it took too long")));
        audit = AuditView.RUNNING.after(missing, CLOCK.instant(), Duration.ZERO);
        assertThat(problem("/api/search?several=1", 400)).contains("the audit was not answered (it took too long)",
                "add a token id");
        audit = AuditView.RUNNING.after(new AuditAnswers(List.of(new Finding(FindingKind.FREE_ON_SEVERAL_NODES, 1,
                List.of("token_id"), List.of(List.of("twice"))))), CLOCK.instant().minusSeconds(900), Duration.ZERO)
                .after(missing, CLOCK.instant(), Duration.ZERO);
        JsonNode found = json("/api/search?several=1");
        assertThat(found.path("rows").size()).isEqualTo(2);
        assertThat(found.path("as_of").asString()).isEqualTo("2025-12-31T23:45:00Z");
        assertThat(found.path("note").asString()).contains("this is what an earlier one has found");
        assertThat(get("/export/findings.csv?kind=free_on_several_nodes").body()).contains("twice");
    }

    @Test
    void aNodeHasItsStateItsSessionsAndItsVerification() throws Exception {
        sample.row(Map.of("token_id", "a", "node_name", "node003", "source_ip", "10.20.0.11"));
        JsonNode node = json("/api/node?machine=10.20.0.11&node=node003");
        assertThat(node.path("databases").path(0).path("db_path").asString()).contains("node003");
        assertThat(node.path("sessions").size()).isPositive();
        assertThat(node.path("verification").path("outcome").asString()).isEqualTo("equal");
        assertThat(node.path("holdings").path("groups").path(0).path("tokens").asInt()).isEqualTo(1);
        assertThat(node.path("advice").path(0).asString()).contains("rejected or dead-lettered");
        JsonNode listed = json("/api/nodes?q=node003").path("rows").path(0);
        assertThat(listed.path("verification").path("table_rows").asLong()).isEqualTo(3_400_000);
    }

    @Test
    void aSessionSaysWhatWasRejectedWithExamples() throws Exception {
        String id = fleet.sessions().stream().filter(session -> !session.scan().rejected().isEmpty()).findFirst()
                .orElseThrow().sessionId();
        deadLetters.take(DeadLetters.fromDatabase(1, CLOCK.instant(), "node003", id));
        deadLetters.take(DeadLetters.fromDatabase(2, CLOCK.instant(), "node003", "another"));
        JsonNode session = json("/api/session?id=" + id);
        assertThat(session.path("causes").path("rejected").path("token_id_missing").asLong()).isPositive();
        assertThat(session.path("examples").size()).isEqualTo(1);
        assertThat(json("/api/dead-letters?session=" + id).path("total").asInt()).isEqualTo(1);
        assertThat(json("/api/dead-letters?reason=token_id_missing").path("reasons").path("token_id_missing").asInt())
                .isEqualTo(2);
    }

    /** What is shown all the time needs no database. */
    @Test
    void thePageGoesOnWithoutTheDatabase() throws Exception {
        page.close();
        page = start(Workbench.none());
        for (String path : List.of("/api/search?token=x", "/api/token?id=x", "/api/owner?did=x",
                "/export/search.csv?token=x")) {
            assertThat(problem(path, 503)).contains("no database configured", "monitor.sql");
        }
        JsonNode node = json("/api/node?machine=10.20.0.11&node=node003");
        assertThat(node.path("databases").size()).isEqualTo(1);
        assertThat(node.path("problem").asString()).contains("monitor.sql");
        for (String path : List.of("/api/overview", "/api/nodes", "/api/dead-letters", "/")) {
            assertThat(get(path).statusCode()).isEqualTo(200);
        }
    }

    private StatusPage start(Workbench workbench) {
        return StatusPage.start(PageSettings.anyPort(), new PageSources(fleet, List::of, () -> Backlog.UNKNOWN,
                List::of, () -> audit, Duration.ofMinutes(30), workbench), CLOCK);
    }

    private String problem(String path, int code) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        return JSON.readTree(answer.body()).path("problem").asString();
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path)).build(),
                BodyHandlers.ofString());
    }
}
