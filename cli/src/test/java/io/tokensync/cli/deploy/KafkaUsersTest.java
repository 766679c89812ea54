package io.tokensync.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.access.KafkaRole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The users of {@code components/strimzi/users.yaml} have the rights that {@code topics grants} names and no others. That these are
 * enough, and each of them needed, LeastRightsIT and GrantsCommandIT prove on a broker.
 */
class KafkaUsersTest {
    private static final String PREFIX = "tokensync-";
    private static final String SCALER = PREFIX + "scaler";
    private static List<JsonNode> users;

    /** One operation on one thing, or on all whose names begin so. */
    private record Right(String type, String name, boolean prefix, String operation) {}

    @BeforeAll
    static void read() throws IOException {
        users = Manifests.parse(Files.readString(Manifests.KUBERNETES.resolve("components/strimzi/users.yaml")));
    }

    @Test
    void thereIsAUserForEachRoleAndOneForTheScaler() {
        assertThat(users.stream().map(Manifests::name)).containsExactlyInAnyOrderElementsOf(Stream.concat(
                Stream.of(SCALER), Arrays.stream(KafkaRole.values()).map(role -> PREFIX + role.option())).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aUserHasTheRightsOfItsRole(KafkaRole role) {
        assertThat(rights(PREFIX + role.option())).isEqualTo(grants(role));
    }

    /** It asks what the monitor asks to know how far the stages are behind. */
    @Test
    void theScalerMayLookAtWhatTheMonitorOnlyLooksAt() {
        Set<Right> monitor = grants(KafkaRole.MONITOR);
        assertThat(rights(SCALER)).isNotEmpty().isEqualTo(monitor.stream()
                .filter(right -> right.operation.equals("Describe")).collect(Collectors.toSet()));
    }

    private static Set<Right> rights(String name) {
        JsonNode user = users.stream().filter(one -> Manifests.name(one).equals(name)).findFirst().orElseThrow();
        assertThat(user.path("spec").path("authorization").path("type").asString()).isEqualTo("simple");
        return Manifests.stream(user.path("spec").path("authorization").path("acls")).flatMap(acl -> {
            assertThat(acl.propertyNames()).as("for every host, and nothing is denied")
                    .containsExactlyInAnyOrder("resource", "operations");
            JsonNode resource = acl.path("resource");
            String type = resource.path("type").asString().replace("transactionalId", "transactional-id");
            boolean prefix = resource.path("patternType").asString().equals("prefix");
            return rights(type, resource.path("name").asString(), prefix, acl);
        }).collect(Collectors.toSet());
    }

    private static Set<Right> grants(KafkaRole role) {
        CommandLineOutput output = CommandLineOutput.of("topics", "grants", "--role", role.option(), "--json");
        assertThat(output.exitCode()).as(output.err()).isZero();
        return Manifests.parse(output.out()).stream()
                .flatMap(grant -> rights(grant.path("resource").asString(), grant.path("name").asString(),
                        grant.path("prefix").asBoolean(), grant))
                .collect(Collectors.toSet());
    }

    private static Stream<Right> rights(String type, String name, boolean prefix, JsonNode operations) {
        return Manifests.stream(operations.path("operations"))
                .map(operation -> new Right(type, name, prefix, operation.asString()));
    }
}
