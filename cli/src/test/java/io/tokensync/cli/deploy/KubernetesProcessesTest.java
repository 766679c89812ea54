package io.tokensync.cli.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

import io.tokensync.common.config.Secret;
import io.tokensync.common.http.Credentials;
import io.tokensync.common.http.ServerAccess;
import io.tokensync.common.runtime.AdminServer;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.enricher.EnricherMain;
import io.tokensync.monitor.MonitorMain;
import io.tokensync.scanner.ScannerMain;
import io.tokensync.writer.WriterMain;

import static org.assertj.core.api.Assertions.assertThat;

/** The processes of the manifests: configurations that they accept, room that they need, time to end, rights that they have not. */
class KubernetesProcessesTest {
    static final List<String> DIRECTORIES = Manifests.ALL;

    private static final Map<String, Class<?>> ENTRY_POINTS = Map.of("scanner", ScannerMain.class, "enricher",
            EnricherMain.class, "writer", WriterMain.class, "monitor", MonitorMain.class);
    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void everyProcessAcceptsItsConfigurationAndKnowsItsVariables(String directory, @TempDir Path files) {
        Manifests manifests = Manifests.of(directory);
        manifests.workloads().forEach(workload -> Manifests.ours(workload).forEach(container -> {
            List<String> arguments = Manifests.texts(Manifests.stream(container.path("args")));
            if (arguments.contains("--config")) {
                String name = arguments.getFirst();
                ProcessConfiguration.accept(name, configuration(manifests, workload, container, files),
                        environment(manifests, container, files));
            } else if (Manifests.name(workload).equals("operator")) {
                acceptAll(manifests, workload, container, files);
            } else if (!Manifests.name(workload).equals("grants")) { // whose command KafkaUsersTest runs
                assertThat(arguments).startsWith("codebook", "build");
            }
        }));
    }

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void noProcessMayMoreThanItNeeds(String directory) {
        Manifests.of(directory).workloads().forEach(workload -> {
            JsonNode pod = Manifests.pod(workload);
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.path("hostNetwork").asBoolean(false)).isFalse();
            assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean(false)).isTrue();
            assertThat(pod.path("securityContext").path("runAsUser").asInt(0)).isPositive();
            assertThat(pod.path("securityContext").path("seccompProfile").path("type").asString())
                    .isEqualTo("RuntimeDefault");
            for (JsonNode container : Manifests.containers(workload)) {
                JsonNode context = container.path("securityContext");
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(context.path("readOnlyRootFilesystem").asBoolean(false)).isTrue();
                assertThat(Manifests.texts(Manifests.stream(context.path("capabilities").path("drop"))))
                        .containsExactly("ALL");
                assertThat(container.path("resources").path("limits").has("memory")).isTrue();
                assertThat(container.path("image").asString()).doesNotEndWith(":latest");
            }
        });
    }

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void onlyAgentsReadTheirHostAndNoneWritesToTheNodes(String directory) {
        Manifests.of(directory).workloads().forEach(workload -> {
            for (JsonNode container : Manifests.ours(workload)) {
                Manifests.stream(container.path("volumeMounts"))
                        .filter(mount -> mount.path("name").asString().equals("nodes"))
                        .forEach(mount -> assertThat(mount.path("readOnly").asBoolean(false)).isTrue());
            }
            boolean host = Manifests.stream(Manifests.pod(workload).path("volumes")).anyMatch(v -> v.has("hostPath"));
            assertThat(host).isEqualTo(workload.path("kind").asString().equals("DaemonSet"));
        });
    }

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void theHeapAndWhatWasMeasuredFitTheLimit(String directory) throws IOException {
        Map<String, Integer> heaps = heaps();
        stages(directory).forEach((name, workload) -> {
            JsonNode resources = stage(workload).path("resources");
            int limit = mebibytes(resources.path("limits").path("memory").asString());
            assertThat(limit).as(name).isGreaterThanOrEqualTo(ProcessConfiguration.MEASURED.get(name) * 6 / 5)
                    .isGreaterThanOrEqualTo(heaps.get(name) + 128);
            assertThat(mebibytes(resources.path("requests").path("memory").asString())).as(name)
                    .isBetween(ProcessConfiguration.MEASURED.get(name), limit);
        });
    }

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void aStageThatIsStoppedHasTheTimeToLeaveItsGroup(String directory) throws ReflectiveOperationException {
        for (Map.Entry<String, JsonNode> stage : stages(directory).entrySet()) {
            var bound = ENTRY_POINTS.get(stage.getKey()).getDeclaredField("CLOSE_BOUND");
            bound.setAccessible(true);
            assertThat(
                    Duration.ofSeconds(Manifests.pod(stage.getValue()).path("terminationGracePeriodSeconds").asInt()))
                    .as(stage.getKey()).isGreaterThanOrEqualTo(((Duration) bound.get(null)).plusSeconds(15));
            if (stage.getValue().path("kind").asString().equals("Deployment")) {
                JsonNode rolling = stage.getValue().path("spec").path("strategy").path("rollingUpdate");
                assertThat(rolling.path("maxSurge").asInt(-1)).isZero();
                assertThat(rolling.path("maxUnavailable").asInt()).isEqualTo(1);
            }
        }
    }

    @Test
    void probesAskEndpointsThatThereAreAndNeedNoLogin() {
        StageStatus status = new StageStatus(Clock.systemUTC());
        status.running();
        Credentials login = new Credentials("tokensync", Optional.empty(), Optional.of(Secret.of("hunter2")));
        AdminSettings settings = new AdminSettings(true, "127.0.0.1", 0,
                new ServerAccess(List.of(), Optional.of(login), Optional.empty()));
        List<String> paths = Manifests.ALL.stream().map(Manifests::of).flatMap(Manifests::workloads)
                .flatMap(workload -> Manifests.ours(workload).stream())
                .flatMap(container -> Stream.of("startupProbe", "livenessProbe", "readinessProbe").map(container::path))
                .filter(probe -> !probe.isMissingNode()).map(probe -> probe.path("httpGet").path("path").asString())
                .distinct().toList();
        assertThat(paths).containsExactlyInAnyOrder("/health/live", "/health/ready");
        try (AdminServer server = AdminServer.start(settings,
                new AdminServer.Source(status, () -> true, () -> "", Map::of))) {
            assertThat(paths).allSatisfy(path -> assertThat(HttpStatus.of(server.port(), path)).isEqualTo(200));
            assertThat(HttpStatus.of(server.port(), "/metrics")).isEqualTo(401);
        }
    }

    @Test
    void theMonitorAsksServicesThatThereAreUnderNamesThatTheyKnow() {
        Manifests production = Manifests.of("overlays/production");
        Manifests agents = Manifests.of("overlays/agents");
        JsonNode stages = yaml(production, "tokensync-monitor", "monitor.yaml").path("monitor").path("stages");
        assertThat(stages.path("enricher").get(0).asString())
                .isEqualTo("http://enricher:" + port(production, "enricher"));
        assertThat(stages.path("writer").get(0).asString()).isEqualTo("http://writer:" + port(production, "writer"));
        String scanner = "scanner." + Manifests.name(agents.kind("Namespace").findFirst().orElseThrow());
        assertThat(stages.path("scanner").get(0).asString())
                .isEqualTo("http://" + scanner + ":" + port(agents, "scanner"));
        assertThat(Manifests.texts(Manifests.stream(yaml(agents, "tokensync-scanner", "scanner.yaml").path("admin")
                .path("names")))).contains(scanner);
    }

    private static int port(Manifests manifests, String service) {
        return manifests.get("Service", service).path("spec").path("ports").get(0).path("port").asInt();
    }

    /** Of a ConfigMap, whose name ends in a hash. */
    private static JsonNode yaml(Manifests manifests, String map, String file) {
        JsonNode data = manifests.kind("ConfigMap").filter(m -> Manifests.name(m).startsWith(map + "-"))
                .map(m -> m.path("data")).filter(d -> d.has(file)).findFirst().orElseThrow();
        return Manifests.parse(data.path(file).asString()).getFirst();
    }

    /** Where people run commands, all files work. */
    private static void acceptAll(Manifests manifests, JsonNode workload, JsonNode container, Path files) {
        JsonNode sources = Manifests.stream(Manifests.pod(workload).path("volumes"))
                .filter(volume -> volume.path("name").asString().equals("config")).findFirst().orElseThrow()
                .path("projected").path("sources");
        assertThat(sources).isNotEmpty();
        Map<String, String> environment = environment(manifests, container, files);
        Manifests.stream(sources).map(source -> source.path("configMap").path("name").asString())
                .flatMap(map -> manifests.get("ConfigMap", map).path("data").properties().stream())
                .forEach(file -> ProcessConfiguration.accept(file.getKey().replace(".yaml", ""),
                        write(files.resolve(file.getKey()), file.getValue().asString()), environment));
    }

    private static Path configuration(Manifests manifests, JsonNode workload, JsonNode container, Path files) {
        List<String> arguments = Manifests.texts(Manifests.stream(container.path("args")));
        String file = arguments.get(arguments.indexOf("--config") + 1);
        String map = Manifests.stream(Manifests.pod(workload).path("volumes"))
                .filter(volume -> volume.path("name").asString().equals("config"))
                .map(volume -> volume.path("configMap").path("name").asString()).findFirst().orElseThrow();
        String name = file.substring(file.lastIndexOf('/') + 1);
        return write(files.resolve(name), manifests.get("ConfigMap", map).path("data").path(name).asString());
    }

    /** As the container has it, with files that are there. */
    private static Map<String, String> environment(Manifests manifests, JsonNode container, Path files) {
        Map<String, String> environment = new HashMap<>();
        Manifests.stream(container.path("envFrom")).forEach(source -> environment.putAll(Manifests.texts(
                manifests.get("ConfigMap", source.path("configMapRef").path("name").asString()).path("data"))));
        Manifests.stream(container.path("env")).forEach(variable -> environment.put(variable.path("name").asString(),
                variable.path("value").asString("10.0.0.1")));
        environment.replaceAll((name, value) -> name.endsWith("_FILE") && value.startsWith("/run/secrets/")
                ? write(files.resolve(name), name.contains("URL") ? "https://hooks.example.com/x" : "secret").toString()
                : value);
        return environment;
    }

    private static Map<String, JsonNode> stages(String directory) {
        Map<String, JsonNode> stages = new HashMap<>();
        Manifests.of(directory).workloads().filter(workload -> probed(workload).findAny().isPresent())
                .forEach(workload -> stages.put(stage(workload).path("name").asString(), workload));
        assertThat(stages).isNotEmpty();
        return stages;
    }

    private static JsonNode stage(JsonNode workload) {
        return probed(workload).findFirst().orElseThrow();
    }

    /** Stages have probes; jobs and the pod for commands have none. */
    private static Stream<JsonNode> probed(JsonNode workload) {
        return Manifests.ours(workload).stream().filter(container -> container.has("livenessProbe"));
    }

    /** MB that the launcher gives to each stage. */
    private static Map<String, Integer> heaps() throws IOException {
        String launcher = Files.readString(Manifests.ROOT.resolve("tokensync"));
        Map<String, Integer> heaps = new HashMap<>();
        for (String stage : ProcessConfiguration.MEASURED.keySet()) {
            Matcher heap = HEAP.matcher(launcher);
            assertThat(heap.find(launcher.lastIndexOf("\"cli " + stage + "\")"))).as(stage).isTrue();
            heaps.put(stage, Integer.valueOf(heap.group(1)));
        }
        return heaps;
    }

    private static int mebibytes(String quantity) {
        assertThat(quantity).matches("\\d+Mi");
        return Integer.parseInt(quantity.substring(0, quantity.length() - 2));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
