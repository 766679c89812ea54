package io.tokensync.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** With the component admin-login every stage asks for a login, and whoever asks it by a manifest shows that one. */
class KubernetesLoginTest {
    private static final String LOGIN = "tokensync-admin/token";

    @Test
    void theMonitorAndPrometheusShowWhatTheStagesAskFor() {
        Manifests manifests = Manifests.of("overlays/existing-kafka");
        for (String stage : List.of("enricher", "writer", "monitor")) {
            assertThat(secret(manifests.get("Deployment", stage), "TOKENSYNC_ADMIN_TOKEN_FILE")).isEqualTo(LOGIN);
        }
        JsonNode monitor = manifests.get("Deployment", "monitor");
        assertThat(secret(monitor, "TOKENSYNC_MONITOR_STAGES_TOKEN_FILE")).isEqualTo(LOGIN);
        assertThat(secret(monitor, "TOKENSYNC_MONITOR_PAGE_PASSWORD_FILE")).isEqualTo("tokensync-page/password");
        JsonNode prometheus = manifests.get("ServiceMonitor", "tokensync").path("spec").path("endpoints").get(0)
                .path("authorization");
        assertThat(prometheus.path("type").asString()).isEqualTo("Bearer");
        assertThat(prometheus.path("credentials").path("name").asString() + "/"
                + prometheus.path("credentials").path("key").asString()).isEqualTo(LOGIN);
    }

    @Test
    void theAgentsAskForTheSame() throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "kubernetes", "agents-with-login").toAbsolutePath());
        Files.writeString(directory.resolve("kustomization.yaml"), """
                resources: [%1$s/overlays/agents]
                components: [%1$s/components/admin-login]
                """.formatted(directory.relativize(Manifests.KUBERNETES)));
        JsonNode agent = Manifests.of(directory.toString()).get("DaemonSet", "scanner");
        assertThat(secret(agent, "TOKENSYNC_ADMIN_TOKEN_FILE")).isEqualTo(LOGIN);
    }

    /** Where the file comes from that a variable of the first container names: Secret and key. */
    private static String secret(JsonNode workload, String variable) {
        JsonNode container = Manifests.pod(workload).path("containers").get(0);
        String file = Manifests.stream(container.path("env"))
                .filter(one -> one.path("name").asString().equals(variable))
                .map(one -> one.path("value").asString()).findFirst().orElseThrow();
        JsonNode mount = Manifests.stream(container.path("volumeMounts"))
                .filter(one -> file.startsWith(one.path("mountPath").asString() + "/")).findFirst().orElseThrow();
        JsonNode volume = Manifests.stream(Manifests.pod(workload).path("volumes"))
                .filter(one -> one.path("name").equals(mount.path("name"))).findFirst().orElseThrow();
        return volume.path("secret").path("secretName").asString() + file.substring(file.lastIndexOf('/'));
    }
}
