package io.tokensync.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Secret;
import io.tokensync.common.http.Credentials;
import io.tokensync.common.http.ServerAccess;
import io.tokensync.common.runtime.AdminServer;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.tls.PemFiles;
import io.tokensync.testkit.tls.TlsCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be checked of the container files without an engine: syntax, files that are named, settings that exist. */
class DeploymentTest {
    private static final Path ROOT = Manifests.ROOT;
    private static final Map<String, JsonNode> SERVICES = ComposeFile.services(ComposeFile.read());

    @ParameterizedTest
    @ValueSource(strings = {"scanner", "enricher", "writer", "monitor"})
    void theStagesAcceptTheirExampleConfigurations(String stage) {
        CommandLineOutput output = CommandLineOutput.of(stage, "--config", config(stage).toString(), "--check-config");
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).contains("kafka.bootstrap-servers");
        assertThat(output.err()).contains("warning: admin.host is 0.0.0.0", "without a login");
    }

    @Test
    void localWarnsOfAPageThatOthersReachToo(@TempDir Path directory) throws IOException {
        for (String[] page : new String[][]{{"host: 0.0.0.0", "warning: monitor.page.host is 0.0.0.0, and whoever"},
                {"host: 0.0.0.0\n    password: hunter2", "the login crosses the network readable"},
                {"password: hunter2", ""}}) {
            Path file = Files.writeString(directory.resolve("local.yaml"), "local:\n  data: x\nscanner:\n"
                    + "  roots: [/nodes]\nmonitor:\n  page:\n    enabled: true\n    " + page[0] + "\n");
            CommandLineOutput output = CommandLineOutput.of("local", "--config", file.toString(), "--check-config");
            assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
            assertThat(output.err()).contains(page[1]).doesNotContain("hunter2");
            assertThat(output.err().contains("monitor.page.host")).isEqualTo(!page[1].isEmpty());
            assertThat(output.out()).doesNotContain("hunter2");
        }
    }

    @Test
    void localAcceptsItsExampleConfigurationAndAllThatIsCommentedThere(@TempDir Path directory) throws IOException {
        CommandLineOutput output = CommandLineOutput.of("local", "--config", config("local").toString(),
                "--check-config");
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).contains("scanner.roots", "/datadrive/Rubix");
        Path secret = Files.writeString(directory.resolve("secret"), "https://hooks.example.com/secret-of-the-hook");
        Path everything = Files.writeString(directory.resolve("local.yaml"), uncommented(Files
                .readString(config("local")))
                .replaceAll("/run/secrets/[a-z]+", secret.toString()));
        CommandLineOutput all = CommandLineOutput.of("local", "--config", everything.toString(), "--check-config");
        assertThat(all.exitCode()).as(all.err()).isEqualTo(ExitCode.DONE);
        assertThat(all.out()).containsPattern("scanner.exclude +/datadrive/Rubix/backup")
                .containsPattern("scanner.aliases./datadrive/Rubix/a/node1 +a-node1")
                .containsPattern("writer.sql.url +jdbc:sqlserver://sql.example.com:1433;databaseName=tokens;")
                .containsPattern("monitor.sql.user +writer")
                .containsPattern("monitor.alerts.webhook.url +[*]+").doesNotContain("secret-of-the-hook");
    }

    @Test
    void anOptionIsShownInPlaceOfWhatTheFileSays(@TempDir Path directory) {
        String data = directory.resolve("elsewhere").toString();
        assertThat(CommandLineOutput.of("local", "--config", config("local").toString(), "--data", data,
                "--check-config").out()).containsPattern("local.data +" + data + " +--data");
        assertThat(CommandLineOutput.of("scanner", "--config", config("scanner").toString(), "--once",
                "--essential-only", "--check-config").out()).containsPattern("scanner.once +true +--once")
                .containsPattern("scanner.essential-only +true +--essential-only");
    }

    /** With what is commented as an example: lines of a key, with or without a value, and of a list. */
    private static String uncommented(String yaml) {
        return yaml.replaceAll("(?m)^( *)# ( *[a-z.-]+:( [^ ].*)?|  +/[^ ]+: .*)$", "$1$2");
    }

    @Test
    void theTopicsCommandAcceptsItsExampleConfiguration() {
        CommandLineOutput output = CommandLineOutput.of("topics", "print", "--config", config("topics").toString());
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).contains("tokens.scanned");
    }

    @Test
    void copiesThatMustHaveARecordAreSetAndComparedWithTheCopiesThereAre(@TempDir Path directory) throws IOException {
        String topics = Files.readString(config("topics"));
        Path file = directory.resolve("topics.yaml");
        Files.writeString(file, topics.replaceAll("# (replication-factor|min-insync-replicas):", "$1:"));
        CommandLineOutput both = CommandLineOutput.of("topics", "print", "--config", file.toString());
        assertThat(both.exitCode()).as(both.err()).isEqualTo(ExitCode.DONE);
        assertThat(both.out()).contains("tokens.dead-letter partitions=1 replication-factor=3",
                "min.insync.replicas=2");
        for (String wrong : List.of(topics.replaceAll("# (min-insync-replicas):", "$1:"),
                topics.replaceAll("# (replication-factor|min-insync-replicas):.*", "$1: 4")
                        .replace("min-insync-replicas: 4", "min-insync-replicas: 5"))) {
            Files.writeString(file, wrong);
            CommandLineOutput rejected = CommandLineOutput.of("topics", "print", "--config", file.toString());
            assertThat(rejected.exitCode()).as(rejected.out()).isEqualTo(ExitCode.USAGE);
            assertThat(rejected.err()).contains("min-insync-replicas", "replication-factor");
        }
    }

    @Test
    void everyFileThatComposeNamesIsThere() {
        for (Map.Entry<String, JsonNode> service : SERVICES.entrySet()) {
            JsonNode build = service.getValue().path("build");
            if (!build.isMissingNode()) {
                assertThat(ROOT.resolve(build.get("context").asString()).resolve(build.get("dockerfile").asString()))
                        .as(service.getKey()).exists();
            }
            for (JsonNode volume : service.getValue().path("volumes")) {
                String source = volume.asString().replaceFirst(":.*", "");
                if (source.startsWith("./")) {
                    assertThat(ROOT.resolve(source)).as(service.getKey()).exists();
                }
            }
        }
    }

    @Test
    void everyStageRunsACommandWithAConfigurationThatExists() {
        for (String stage : List.of("scanner", "enricher", "writer", "monitor", "schema", "topics")) {
            List<String> command = Manifests.texts(Manifests.stream(SERVICES.get(stage).path("command")));
            assertThat(command.getFirst()).isEqualTo(stage);
            assertThat(ROOT.resolve("deploy/config").resolve(Path.of(command.getLast()).getFileName())).exists();
        }
    }

    @Test
    void everyDependencyIsAServiceThatCanMeetItsCondition() {
        for (Map.Entry<String, JsonNode> service : SERVICES.entrySet()) {
            for (Map.Entry<String, JsonNode> dependency : service.getValue().path("depends_on").properties()) {
                JsonNode other = SERVICES.get(dependency.getKey());
                assertThat(other).as(dependency.getKey()).isNotNull();
                String condition = dependency.getValue().get("condition").asString();
                boolean healthy = condition.equals("service_healthy");
                assertThat(healthy ? other.has("healthcheck") : other.has("command")).as(condition).isTrue();
            }
        }
    }

    @Test
    void theImageRunsAsAnOrdinaryUserAndCopiesWhatTheBuildMakes() throws IOException {
        String dockerfile = Files.readString(ROOT.resolve("deploy/Dockerfile"));
        assertThat(dockerfile).containsPattern("(?m)^USER 10001:10001$").contains("/src/cli/target/lib")
                .doesNotContain("bench");
        assertThat(ROOT.resolve("tokensync")).isExecutable();
        assertThat(ROOT.resolve("deploy/healthcheck.sh")).isExecutable();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHealthCheckOfTheImageNeedsNoLoginAndKnowsTls(boolean tls, @TempDir Path directory) throws Exception {
        TlsCertificate certificate = TlsCertificate.ofServer();
        PemFiles files = new PemFiles(Files.writeString(directory.resolve("server.pem"), certificate.pem()),
                Files.writeString(directory.resolve("server.key"), certificate.keyPem()));
        StageStatus status = new StageStatus(Clock.systemUTC());
        Credentials login = new Credentials("tokensync", Optional.of(Secret.of("hunter2")), Optional.empty());
        ServerAccess access = new ServerAccess(List.of(), Optional.of(login),
                tls ? Optional.of(files) : Optional.empty());
        int port;
        try (AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0, access),
                new AdminServer.Source(status, () -> true, () -> "", Map::of))) {
            port = admin.port();
            assertThat(healthCheck(port, tls)).as("starting").isEqualTo(1);
            status.running();
            assertThat(healthCheck(port, tls)).as("running").isZero();
        }
        assertThat(healthCheck(port, tls)).as("gone").isEqualTo(1);
    }

    private static int healthCheck(int port, boolean tls) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(ROOT.resolve("deploy/healthcheck.sh").toString(), String.valueOf(port)));
        if (tls) {
            command.add("https");
        }
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private static Path config(String name) {
        return ROOT.resolve("deploy/config").resolve(name + ".yaml");
    }
}
