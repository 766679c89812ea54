package io.tokensync.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a manifest names is there: configuration, secrets and their keys, accounts, volumes, ports, pods behind selectors. */
class KubernetesReferencesTest {
    static final List<String> DIRECTORIES = Manifests.ALL;

    private static final Pattern SECRET_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]*) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void configurationIsThereUnderTheNameOfItsFile(String directory) {
        Manifests manifests = Manifests.of(directory);
        manifests.workloads().forEach(workload -> Manifests.ours(workload).forEach(container -> {
            Manifests.stream(container.path("envFrom")).forEach(source -> assertThat(
                    manifests.has("ConfigMap", source.path("configMapRef").path("name").asString()))
                    .as(source.toString()).isTrue());
            List<String> arguments = Manifests.texts(Manifests.stream(container.path("args")));
            if (arguments.contains("--config")) {
                String file = arguments.get(arguments.indexOf("--config") + 1);
                JsonNode volume = volume(workload, mount(container, file));
                JsonNode data = manifests.get("ConfigMap", volume.path("configMap").path("name").asString())
                        .path("data");
                assertThat(data.has(file.substring(file.lastIndexOf('/') + 1))).as(file).isTrue();
            }
        }));
    }

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void everySecretIsMadeByAnOperatorOrNamedInTheDocumentAndHasTheKeysThatAreRead(String directory)
            throws IOException {
        Map<String, Set<String>> secrets = secrets(Manifests.of("overlays/production"));
        Manifests manifests = Manifests.of(directory);
        manifests.workloads().forEach(workload -> Manifests.containers(workload).forEach(container -> {
            for (String file : files(manifests, container)) {
                String secret = volume(workload, mount(container, file)).path("secret").path("secretName").asString();
                assertThat(secrets).as(file).containsKey(secret);
                assertThat(secrets.get(secret)).as(secret).contains(file.substring(file.lastIndexOf('/') + 1));
            }
        }));
        manifests.kind("TriggerAuthentication").flatMap(authentication -> Manifests
                .stream(authentication.path("spec").path("secretTargetRef"))).forEach(
                        reference -> assertThat(
                                secrets.get(reference.path("name").asString())).as(reference.toString())
                                .contains(reference.path("key").asString()));
    }

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void accountsVolumesAndPortsAreThere(String directory) {
        Manifests manifests = Manifests.of(directory);
        manifests.workloads().forEach(workload -> {
            assertThat(manifests.has("ServiceAccount", Manifests.pod(workload).path("serviceAccountName").asString()))
                    .as(Manifests.name(workload)).isTrue();
            Set<String> mounted = new TreeSet<>();
            for (JsonNode container : Manifests.containers(workload)) {
                Manifests.stream(container.path("volumeMounts"))
                        .forEach(mount -> mounted.add(mount.path("name").asString()));
                Stream.of("startupProbe", "livenessProbe", "readinessProbe").map(container::path)
                        .filter(probe -> !probe.isMissingNode()).forEach(probe -> assertThat(ports(container))
                                .contains(probe.path("httpGet").path("port").asString()));
            }
            assertThat(volumes(workload)).as(Manifests.name(workload)).isEqualTo(mounted);
        });
    }

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void everySelectorSelectsPodsAndEveryPortOfAServiceIsOneOfTheirs(String directory) {
        Manifests manifests = Manifests.of(directory);
        List<JsonNode> workloads = manifests.workloads().toList();
        workloads.stream().filter(workload -> workload.path("spec").has("selector")).forEach(workload -> assertThat(
                Manifests.selects(workload.path("spec").path("selector"), Manifests.podLabels(workload))).isTrue());
        manifests.kind("PodDisruptionBudget").forEach(budget -> assertThat(workloads).as(Manifests.name(budget))
                .filteredOn(workload -> Manifests.selects(budget.path("spec").path("selector"),
                        Manifests.podLabels(workload)))
                .hasSize(1));
        manifests.kind("NetworkPolicy").forEach(policy -> assertThat(workloads).as(Manifests.name(policy))
                .anyMatch(workload -> Manifests.selects(policy.path("spec").path("podSelector"),
                        Manifests.podLabels(workload))));
        manifests.kind("Service").forEach(service -> {
            Map<String, String> wanted = Manifests.texts(service.path("spec").path("selector"));
            List<JsonNode> behind = workloads.stream().filter(
                    workload -> Manifests.podLabels(workload).entrySet().containsAll(wanted.entrySet())).toList();
            assertThat(behind).as(Manifests.name(service)).hasSize(1);
            Set<String> theirs = Manifests.containers(behind.getFirst()).stream().flatMap(c -> ports(c).stream())
                    .collect(Collectors.toSet());
            Manifests.stream(service.path("spec").path("ports"))
                    .forEach(port -> assertThat(theirs).contains(port.path("targetPort").asString()));
        });
    }

    @Test
    void prometheusAsksServicesThatHaveThePortInNamespacesThatExist() {
        Manifests production = Manifests.of("overlays/production");
        JsonNode monitor = production.get("ServiceMonitor", "tokensync").path("spec");
        List<String> namespaces = Stream.of("overlays/production", "overlays/agents").map(Manifests::of)
                .flatMap(manifests -> manifests.kind("Namespace")).map(Manifests::name).toList();
        assertThat(Manifests.texts(Manifests.stream(monitor.path("namespaceSelector").path("matchNames"))))
                .containsExactlyElementsOf(namespaces);
        String port = monitor.path("endpoints").get(0).path("port").asString();
        List<String> asked = production.kind("Service")
                .filter(service -> Manifests.selects(monitor.path("selector"),
                        Manifests.texts(service.path("metadata").path("labels"))))
                .filter(service -> Manifests.stream(service.path("spec").path("ports"))
                        .anyMatch(p -> p.path("name").asString().equals(port)))
                .map(Manifests::name).toList();
        assertThat(asked).containsExactlyInAnyOrder("enricher", "monitor", "writer");
        for (String directory : List.of("overlays/production", "overlays/agents")) {
            assertThat(Manifests.of(directory).kind("NetworkPolicy")).as("lets Prometheus in: " + directory)
                    .anyMatch(policy -> policy.path("spec").path("ingress").toString().contains("\"monitoring\""));
        }
        assertThat(monitor.path("jobLabel").asString()).isEqualTo("app.kubernetes.io/part-of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/existing-kafka"})
    void whoeverAsksKafkaMayReachIt(String directory) {
        Manifests manifests = Manifests.of(directory);
        JsonNode pods = manifests.get("NetworkPolicy", "tokensync-to-kafka").path("spec").path("podSelector");
        List<JsonNode> asking = manifests.workloads().filter(workload -> Manifests.pod(workload).path("containers")
                .findValues("configMapRef").toString().contains("tokensync-kafka-")).toList();
        assertThat(asking).hasSizeGreaterThan(3).allMatch(
                workload -> Manifests.selects(pods, Manifests.podLabels(workload)));
    }

    /** A selector of all namespaces would let in whoever may make a pod with our labels anywhere. */
    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void policiesNameNamespacesThatAreOursOrThoseOfNamesAndMetrics(String directory) {
        Set<String> known = new TreeSet<>(Set.of("kube-system", "monitoring"));
        Manifests.ALL.forEach(all -> Manifests.of(all).kind("Namespace").map(Manifests::name).forEach(known::add));
        Manifests.of(directory).kind("NetworkPolicy").flatMap(policy -> policy.findValues("namespaceSelector").stream())
                .forEach(selector -> assertThat(known).contains(selector.path("matchLabels")
                        .path("kubernetes.io/metadata.name").asString("every namespace")));
    }

    private static Set<String> ports(JsonNode container) {
        return Manifests.stream(container.path("ports")).map(port -> port.path("name").asString())
                .collect(Collectors.toSet());
    }

    private static Set<String> volumes(JsonNode workload) {
        Stream<String> claimed = Manifests.stream(workload.path("spec").path("volumeClaimTemplates"))
                .map(Manifests::name);
        return Stream.concat(Manifests.stream(Manifests.pod(workload).path("volumes"))
                .map(volume -> volume.path("name").asString()), claimed).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Files with secrets that variables of the container, or of its configuration, name. */
    private static List<String> files(Manifests manifests, JsonNode container) {
        List<String> files = new ArrayList<>();
        Manifests.stream(container.path("env")).map(variable -> variable.path("value").asString(""))
                .forEach(files::add);
        Manifests.stream(container.path("envFrom")).forEach(source -> files.addAll(Manifests.texts(
                manifests.get("ConfigMap", source.path("configMapRef").path("name").asString()).path("data"))
                .values()));
        return files.stream().filter(file -> file.startsWith("/run/secrets/")).toList();
    }

    private static String mount(JsonNode container, String file) {
        return Manifests.stream(container.path("volumeMounts"))
                .filter(mount -> file.startsWith(mount.path("mountPath").asString() + "/"))
                .map(mount -> mount.path("name").asString()).findFirst()
                .orElseThrow(() -> new AssertionError("nothing is mounted where " + file + " should be"));
    }

    private static JsonNode volume(JsonNode workload, String name) {
        return Manifests.stream(Manifests.pod(workload).path("volumes"))
                .filter(volume -> volume.path("name").asString().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError("there is no volume " + name));
    }

    /** By name, the keys: those that Strimzi makes, those that Kustomize makes, and those that people are told to make. */
    private static Map<String, Set<String>> secrets(Manifests production) throws IOException {
        Map<String, Set<String>> secrets = new TreeMap<>();
        production.kind("KafkaUser").forEach(user -> secrets.put(Manifests.name(user),
                Set.of("password", "sasl.jaas.config")));
        production.kind("Kafka").forEach(kafka -> secrets.put(Manifests.name(kafka) + "-cluster-ca-cert",
                Set.of("ca.crt", "ca.p12", "ca.password")));
        production.kind("Secret").forEach(secret -> secrets.put(Manifests.name(secret),
                Set.copyOf(secret.path("data").propertyNames())));
        Matcher row = SECRET_ROW.matcher(Files.readString(Manifests.ROOT.resolve("docs/kubernetes.md")));
        while (row.find()) {
            secrets.putIfAbsent(row.group(1), QUOTED.matcher(row.group(2)).results().map(key -> key.group(1))
                    .collect(Collectors.toSet()));
        }
        return secrets;
    }
}
