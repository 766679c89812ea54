package io.tokensync.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.TopicSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What the manifests say once more is what the code and the other files say: alert rules, topics, rights, limits of scaling. */
class KubernetesCopiesTest {
    private static final Path RULES = Manifests.ROOT.resolve("deploy/prometheus/rules.yml");
    private static final Path COPY = Manifests.KUBERNETES.resolve("components/monitoring/prometheus-rule.yaml");
    private static final String WRITE = "tokensync.docs";
    private static final String HOW = "To write it again: mvn -B -pl cli -am test -Dtest=KubernetesCopiesTest "
            + "-Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=write";
    private static final String HEAD = """
            # Generated from deploy/prometheus/rules.yml; do not edit.
            # %s
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: tokensync
              labels:
                app.kubernetes.io/part-of: tokensync
            spec:
            """.formatted(HOW);
    private static final Pattern TOPIC_ROW = Pattern.compile("(?m)^\\| `((?:tokens|sync)\\.[a-z0-9-]+)`.*$");
    private static final List<String> STAGES = List.of("scanner", "enricher", "writer", "monitor");

    @Test
    void theRulesAreThoseOfPrometheus() throws IOException {
        String rules = Files.readString(RULES);
        String wanted = HEAD + rules.substring(rules.indexOf("groups:")).replaceAll("(?m)^(?=.)", "  ");
        if ("write".equals(System.getProperty(WRITE))) {
            Files.writeString(COPY, wanted);
        }
        assertThat(Files.readString(COPY)).as("the copy is not what deploy/prometheus/rules.yml says. %s", HOW)
                .isEqualToNormalizingNewlines(wanted);
        assertThat(Manifests.parse(wanted).getFirst().path("spec").path("groups"))
                .isEqualTo(Manifests.parse(rules).getFirst().path("groups"));
    }

    @Test
    void theTopicsAreThoseOfTheExampleWithThreeCopies() {
        List<TopicSpec> example = topics(Manifests.ROOT.resolve("deploy/config/topics.yaml"));
        List<TopicSpec> ours = topics(Manifests.KUBERNETES.resolve("base/config/topics.yaml"));
        assertThat(ours).hasSameSizeAs(example).allSatisfy(topic -> {
            assertThat(topic.replicationFactor()).contains(3);
            assertThat(topic.minInsync()).contains(2);
        });
        assertThat(ours).extracting(TopicSpec::name, TopicSpec::partitions, TopicSpec::retention,
                TopicSpec::compacted).containsExactlyElementsOf(
                        example.stream().map(topic -> tuple(topic.name(),
                                topic.partitions(), topic.retention(), topic.compacted())).toList());
    }

    @Test
    void theTopicsOfStrimziAreTheSame() {
        Map<String, JsonNode> resources = Manifests.of("overlays/production").kind("KafkaTopic")
                .collect(Collectors.toMap(Manifests::name, topic -> topic.path("spec")));
        List<TopicSpec> topics = topics(Manifests.KUBERNETES.resolve("base/config/topics.yaml"));
        assertThat(resources).containsOnlyKeys(topics.stream().map(TopicSpec::name).toArray(String[]::new));
        for (TopicSpec topic : topics) {
            JsonNode resource = resources.get(topic.name());
            assertThat(resource.path("partitions").asInt()).as(topic.name()).isEqualTo(topic.partitions());
            assertThat(resource.path("replicas").asInt()).isEqualTo(topic.replicationFactor().orElseThrow());
            assertThat(Manifests.texts(resource.path("config"))).isEqualTo(topic.settings());
        }
    }

    @Test
    void whoMayReadAndWriteATopicIsWhatTheDocumentSays() throws IOException {
        Matcher row = TOPIC_ROW.matcher(Files.readString(Manifests.ROOT.resolve("docs/topics.md")));
        Map<String, String[]> documented = new HashMap<>();
        while (row.find()) {
            documented.put(row.group(1), row.group().split(" \\| ", -1));
        }
        assertThat(documented).hasSize(8);
        for (Map.Entry<String, String[]> topic : documented.entrySet()) {
            String writers = topic.getValue()[6];
            String readers = topic.getValue()[7];
            for (String stage : STAGES) {
                assertThat(may(stage, "Write", topic.getKey())).as(stage + " writes " + topic.getKey())
                        .isEqualTo(writers.contains(stage));
                assertThat(may(stage, "Read", topic.getKey())).as(stage + " reads " + topic.getKey())
                        .isEqualTo(readers.matches(".*\\b" + stage + "\\b[ ,(].*|.*\\b" + stage + "$"));
            }
        }
    }

    @Test
    void everyPodLogsInAsAUserThatThereIs() {
        Manifests production = Manifests.of("overlays/production");
        List<String> used = new ArrayList<>();
        for (String directory : Manifests.ALL) {
            Manifests.of(directory).workloads().flatMap(workload -> Manifests.stream(Manifests.pod(workload)
                    .path("volumes"))).filter(volume -> volume.path("name").asString().equals("kafka"))
                    .forEach(volume -> used.add(volume.path("secret").path("secretName").asString()));
        }
        Set<String> users = production.kind("KafkaUser").map(Manifests::name).collect(Collectors.toSet());
        assertThat(users).containsAll(used);
        assertThat(users).containsExactlyInAnyOrder("tokensync-scanner", "tokensync-enricher", "tokensync-writer",
                "tokensync-monitor", "tokensync-operator", "tokensync-scaler");
    }

    @Test
    void scalingEndsWhereThereIsNoPartitionAndNeverAtNone() {
        Manifests production = Manifests.of("overlays/production");
        Map<String, Integer> partitions = topics(Manifests.KUBERNETES.resolve("base/config/topics.yaml")).stream()
                .collect(Collectors.toMap(TopicSpec::name, TopicSpec::partitions));
        Map<String, String> groups = Map.of("enricher", "tokensync-enricher", "writer", "tokensync-writer");
        List<JsonNode> scaled = production.kind("ScaledObject").toList();
        assertThat(scaled).extracting(Manifests::name).containsExactlyInAnyOrder("enricher", "writer");
        for (JsonNode object : scaled) {
            JsonNode spec = object.path("spec");
            JsonNode trigger = spec.path("triggers").get(0);
            JsonNode metadata = trigger.path("metadata");
            assertThat(trigger.path("type").asString()).isEqualTo("apache-kafka");
            assertThat(
                    production.has("TriggerAuthentication", trigger.path("authenticationRef").path("name").asString()))
                    .isTrue();
            assertThat(metadata.path("consumerGroup").asString()).isEqualTo(groups.get(Manifests.name(object)));
            assertThat(spec.path("maxReplicaCount").asInt())
                    .isLessThanOrEqualTo(partitions.get(metadata.path("topic").asString()));
            assertThat(spec.path("minReplicaCount").asInt()).isPositive();
            JsonNode deployment = production.get("Deployment", spec.path("scaleTargetRef").path("name").asString());
            assertThat(deployment.path("spec").has("replicas")).as("KEDA alone says how many there are").isFalse();
            assertThat(metadata.path("bootstrapServers").asString())
                    .isEqualTo(bootstrap(production) + port(production));
        }
    }

    @Test
    void everybodyReachesTheKafkaThatThereIs() {
        Manifests production = Manifests.of("overlays/production");
        JsonNode kafka = production.kind("Kafka").findFirst().orElseThrow();
        List<String> addresses = new ArrayList<>();
        for (String directory : List.of("base", "overlays/production", "overlays/agents", "overlays/sidecar-scanner")) {
            Manifests.of(directory).kind("ConfigMap").map(map -> map.path("data")
                    .path("TOKENSYNC_KAFKA_BOOTSTRAP_SERVERS").asString("")).filter(text -> !text.isEmpty())
                    .forEach(addresses::add);
        }
        String near = Manifests.name(kafka) + "-kafka-bootstrap" + port(production);
        assertThat(addresses).hasSize(4).containsOnly(near, bootstrap(production) + port(production));
        String policies = production.documents().stream()
                .filter(d -> Manifests.name(d).equals("tokensync-to-kafka")).findFirst().orElseThrow().toString();
        assertThat(policies).contains("\"port\"" + port(production));
        assertThat(kafka.path("spec").path("kafka").path("listeners").get(0).path("authentication").path("type")
                .asString()).isEqualTo("scram-sha-512");
    }

    private static String bootstrap(Manifests production) {
        return Manifests.name(production.kind("Kafka").findFirst().orElseThrow()) + "-kafka-bootstrap."
                + Manifests.name(production.kind("Namespace").findFirst().orElseThrow()) + ".svc";
    }

    private static String port(Manifests production) {
        return ":" + production.kind("Kafka").findFirst().orElseThrow().path("spec").path("kafka").path("listeners")
                .get(0).path("port").asInt();
    }

    private static List<TopicSpec> topics(Path file) {
        Settings settings = Settings.load(file, Map.of());
        TopicSet topics = settings.build(() -> TopicSet.from(settings)).orElseThrow();
        return topics.all();
    }

    private static boolean may(String stage, String operation, String topic) {
        return Manifests.stream(Manifests.of("overlays/production").get("KafkaUser", "tokensync-" + stage).path("spec")
                .path("authorization").path("acls")).anyMatch(
                        acl -> covers(acl.path("resource"), topic)
                                && Manifests.texts(Manifests.stream(acl.path("operations"))).contains(operation));
    }

    private static boolean covers(JsonNode resource, String topic) {
        String name = resource.path("name").asString("");
        return resource.path("type").asString().equals("topic")
                && (resource.path("patternType").asString("literal").equals("prefix")
                        ? topic.startsWith(name)
                        : topic.equals(name));
    }
}
