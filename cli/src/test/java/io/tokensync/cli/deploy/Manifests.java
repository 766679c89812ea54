package io.tokensync.cli.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The documents of a directory of {@code deploy/kubernetes}, rendered, and what tests ask of them. */
record Manifests(List<JsonNode> documents) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
    /** Everything that people apply, and the base by itself. */
    static final List<String> ALL = List.of("base", "overlays/production", "overlays/existing-kafka",
            "overlays/agents", "overlays/sidecar-scanner");

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    static Manifests of(String directory) {
        return RENDERED.computeIfAbsent(directory,
                name -> new Manifests(parse(NodeTools.kustomize(KUBERNETES.resolve(name)))));
    }

    /** A file of the directory, as it is. */
    static List<JsonNode> read(String file) {
        try {
            return parse(Files.readString(KUBERNETES.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> parse(String yaml) {
        try (MappingIterator<JsonNode> documents = new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        }
    }

    Stream<JsonNode> kind(String kind) {
        return documents.stream().filter(document -> document.path("kind").asString().equals(kind));
    }

    JsonNode get(String kind, String name) {
        return kind(kind).filter(document -> name(document).equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    boolean has(String kind, String name) {
        return kind(kind).anyMatch(document -> name(document).equals(name));
    }

    /** Everything that makes pods. */
    Stream<JsonNode> workloads() {
        return documents.stream().filter(document -> document.path("spec").path("template").has("spec"));
    }

    static String name(JsonNode document) {
        return document.path("metadata").path("name").asString();
    }

    static JsonNode pod(JsonNode workload) {
        return workload.path("spec").path("template").path("spec");
    }

    static Map<String, String> podLabels(JsonNode workload) {
        return texts(workload.path("spec").path("template").path("metadata").path("labels"));
    }

    /** With those that are done before the others start, or run beside them. */
    static List<JsonNode> containers(JsonNode workload) {
        return Stream.concat(stream(pod(workload).path("initContainers")), stream(pod(workload).path("containers")))
                .toList();
    }

    /** Containers of this project's image. */
    static List<JsonNode> ours(JsonNode workload) {
        return containers(workload).stream()
                .filter(container -> container.path("image").asString().matches("(.*/)?tokensync(:.*)?")).toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(Stream<JsonNode> nodes) {
        return nodes.map(JsonNode::asString).toList();
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
        return texts;
    }

    /** Whether a selector selects pods with these labels; one that says nothing selects all. */
    static boolean selects(JsonNode selector, Map<String, String> labels) {
        boolean byLabels = labels.entrySet().containsAll(texts(selector.path("matchLabels")).entrySet());
        return byLabels && stream(selector.path("matchExpressions")).allMatch(expression -> {
            List<String> values = texts(stream(expression.path("values")));
            return expression.path("operator").asString().equals("In")
                    && values.contains(labels.getOrDefault(expression.path("key").asString(), ""));
        });
    }
}
