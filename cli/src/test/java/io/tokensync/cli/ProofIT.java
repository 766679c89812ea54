package io.tokensync.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the monitors say while processes are killed as by a power cut, asked with the operator's own commands and compared
 * with the table: nothing is called complete that is not, and in the end everything is.
 */
class ProofIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TOKENS = 4_000;
    private static final int KILLS = 6;
    private static final List<String> MACHINES = List.of("10.20.0.1", "10.20.0.2");

    @TempDir
    Path directory;

    private final long seed = Long.getLong(Property.SEED, new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Set<String> proved = new HashSet<>();

    @Test
    void noSessionIsCalledCompleteThatIsNotAndNoneIsLeftRunning() throws Exception {
        try (Installation installation = installation()) {
            List<StageProcess> stages = new ArrayList<>(List.of(installation.monitor("monitor-1"),
                    installation.monitor("monitor-2"), installation.writer("writer"), installation.enricher()));
            stages.addAll(scanners(installation));
            for (int kill = 0; kill < KILLS; kill++) {
                awaitRows(installation, random.nextInt(TOKENS / KILLS));
                StageProcess victim = stages.get(random.nextInt(stages.size()));
                victim.kill();
                victim.restart();
            }
            awaitProof(installation);
        }
    }

    @Test
    void theMonitorThatIsLeftAnswersForBoth() throws Exception {
        try (Installation installation = installation()) {
            StageProcess leaving = installation.monitor("monitor-1");
            installation.monitor("monitor-2");
            installation.writer("writer");
            installation.enricher();
            scanners(installation);
            awaitRows(installation, random.nextInt(1, TOKENS / 2));
            leaving.kill();
            awaitProof(installation);
        }
    }

    private Installation installation() throws Exception {
        return new Installation(directory, SimulationPlan.of(nodes(), 4, TOKENS, 1).withMachines(2).flawless());
    }

    private Path nodes() {
        return directory.resolve("nodes");
    }

    private List<StageProcess> scanners(Installation installation) throws Exception {
        List<StageProcess> scanners = new ArrayList<>();
        for (int machine = 1; machine <= MACHINES.size(); machine++) {
            scanners.add(installation.scanner("scanner-" + machine, nodes().resolve("vm" + machine),
                    MACHINES.get(machine - 1)));
        }
        return scanners;
    }

    /** Asks how the sessions stand for as long as there are fewer rows than that. */
    private void awaitRows(Installation installation, int more) {
        long enough = Math.min(TOKENS, installation.rows() + more);
        await().atMost(LONGEST_WAIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            checkComplete(installation, status(installation));
            return installation.rows() >= enough;
        });
    }

    private void awaitProof(Installation installation) {
        await().alias("everything is accounted for (seed " + seed + ")").atMost(LONGEST_WAIT)
                .pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                    JsonNode status = status(installation);
                    checkComplete(installation, status);
                    assertThat(installation.rows()).isEqualTo(installation.truth().rowCount());
                    assertThat(status.path("fleet").path("agents")).hasSize(MACHINES.size());
                    assertThat(status.path("sessions")).isNotEmpty().allSatisfy(session -> {
                        assertThat(text(session, "status")).isIn("COMPLETED", "INTERRUPTED");
                        assertThat(number(session, "in_flight", "to_writer")).isZero();
                        assertInSql(installation, session);
                    });
                    assertThat(proved).isNotEmpty();
                });
    }

    /** Of a session that is called complete the table has all rows, now. */
    private void checkComplete(Installation installation, JsonNode status) {
        for (JsonNode session : status.path("sessions")) {
            String id = text(session, "session_id");
            if (text(session, "status").startsWith("COMPLETED") && proved.add(id)) {
                long published = number(session, "scan", "upserts");
                assertThat(number(session, "written", "inserted") + number(session, "written", "updated")
                        + number(session, "written", "unchanged") + number(session, "written", "stale")
                        + number(session, "written", "superseded")).as("seed " + seed).isEqualTo(published);
                assertThat(
                        installation.numbers("SELECT COUNT(*) FROM dbo.TokenRecords WHERE session_id = '" + id + "'"))
                        .as("rows of a complete session (seed " + seed + ")").containsExactly(published);
                assertReport(installation, id, published);
            }
        }
    }

    private void assertReport(Installation installation, String id, long published) {
        CommandLineOutput report = command(installation, "report", "--json", id);
        JsonNode json = JSON.readTree(report.out());
        assertThat(number(json, "published")).isEqualTo(published);
        assertThat(number(json, "total_errors")).isZero();
        long ofDatabases = 0;
        for (JsonNode database : json.path("databases")) {
            assertThat(text(database, "status")).isEqualTo("COMPLETED");
            ofDatabases += number(database, "scan", "upserts");
        }
        assertThat(ofDatabases).isEqualTo(published);
    }

    /** The session summary of the topic is the row of the table. */
    private static void assertInSql(Installation installation, JsonNode session) {
        assertThat(installation.numbers("SELECT revision, total_records_published, total_records_processed,"
                + " total_records_read, records_in_flight FROM dbo.SyncSessions WHERE session_id = '"
                + text(session, "session_id") + "'"))
                .containsExactly(number(session, "revision"),
                        number(session, "scan", "upserts") + number(session, "scan", "deletes"),
                        number(session, "scan", "upserts") + number(session, "scan", "deletes"),
                        number(session, "scan", "read"), 0L);
    }

    private static JsonNode status(Installation installation) {
        return JSON.readTree(command(installation, "status", "--json").out());
    }

    private static CommandLineOutput command(Installation installation, String name, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(name, "--config", installation.config().toString()));
            command.addAll(List.of(arguments));
            CommandLineOutput output = CommandLineOutput.of(command.toArray(String[]::new));
            assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
            return output;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }

    private static long number(JsonNode node, String... path) {
        JsonNode at = node;
        for (String field : path) {
            at = at.path(field);
        }
        return at.asLong();
    }
}
