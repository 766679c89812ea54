package io.tokensync.cli.deploy;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Manifests and the compose file beside the published schemas of Kubernetes, KEDA, Strimzi, Prometheus and Compose. */
class KubernetesSchemaTest {
    static final List<String> DIRECTORIES = Manifests.ALL;

    @ParameterizedTest
    @FieldSource("DIRECTORIES")
    void theServersKnowEveryFieldAndTakeEveryValue(String directory) throws IOException {
        assertThat(NodeTools.problems("kubernetes", Manifests.of(directory).documents())).isEmpty();
    }

    @Test
    void aFieldThatDoesNotExistAndAValueThatDoesNotFitAreFound() throws IOException {
        JsonNode deployment = Manifests.of("base").get("Deployment", "writer").deepCopy();
        ((ObjectNode) Manifests.pod(deployment)).put("terminationGracePeriod", 90);
        ((ObjectNode) deployment.path("spec")).put("minReadySeconds", "ten");
        assertThat(NodeTools.problems("kubernetes", List.of(deployment)))
                .anySatisfy(problem -> assertThat(problem).contains("terminationGracePeriod"))
                .anySatisfy(problem -> assertThat(problem).contains("minReadySeconds"));
    }

    @Test
    void composeKnowsEveryFieldOfTheComposeFile() throws IOException {
        JsonNode compose = ComposeFile.read();
        assertThat(NodeTools.problems("compose", compose)).isEmpty();
        ((ObjectNode) compose.path("services").path("writer")).put("cap_dropp", "ALL");
        assertThat(NodeTools.problems("compose", compose))
                .anySatisfy(problem -> assertThat(problem).contains("cap_dropp"));
    }
}
