package io.tokensync.cli.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docker-compose.yml} as Compose reads it: each service with what {@code <<} brings in. */
final class ComposeFile {
    private static final String MERGE = "<<";
    private static final Pattern ANCHOR = Pattern.compile("(?m)^ *([\\w-]+): &(\\w+)$");

    private ComposeFile() {}

    static JsonNode read() {
        try {
            String text = Files.readString(Manifests.ROOT.resolve("docker-compose.yml"));
            Map<String, String> anchors = ANCHOR.matcher(text).results()
                    .collect(Collectors.toMap(anchor -> anchor.group(2), (MatchResult anchor) -> anchor.group(1)));
            ObjectNode compose = (ObjectNode) new YAMLMapper().readTree(text);
            ObjectNode services = compose.objectNode();
            compose.path("services").properties().forEach(service -> services.set(service.getKey(),
                    merged((ObjectNode) service.getValue(), compose, anchors)));
            return compose.deepCopy().set("services", services);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, JsonNode> services(JsonNode compose) {
        Map<String, JsonNode> services = new TreeMap<>();
        compose.path("services").properties().forEach(service -> services.put(service.getKey(), service.getValue()));
        return services;
    }

    /** What a service says itself wins over what it takes over. Jackson reads an alias as the text of its name. */
    private static ObjectNode merged(ObjectNode service, ObjectNode compose, Map<String, String> anchors) {
        if (!service.has(MERGE)) {
            return service;
        }
        String key = anchors.get(service.get(MERGE).asString());
        JsonNode taken = compose.has(key) ? compose.get(key) : compose.get("services").get(key);
        ObjectNode all = merged((ObjectNode) taken, compose, anchors).deepCopy();
        service.properties().stream().filter(entry -> !entry.getKey().equals(MERGE))
                .forEach(entry -> all.set(entry.getKey(), entry.getValue()));
        return all;
    }
}
