package io.tokensync.cli.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.access.KafkaRole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The users of the component strimzi, and those that the job of the component grants gives rights, have what {@code topics grants}
 * names and nothing else. That this is enough, and all of it needed, LeastRightsIT and GrantsCommandIT prove on a broker.
 */
class KafkaUsersTest {
    private static final String PREFIX = "tokensync-";
    private static final String SCALER = PREFIX + "scaler";
    private static final List<JsonNode> USERS = Manifests.read("components/strimzi/users.yaml");

    /** One operation on one thing, or on all whose names begin so. */
    private record Right(String type, String name, boolean prefix, String operation) {}

    @Test
    void thereIsAUserForEachRoleAndOneForTheScaler() {
        assertThat(USERS.stream().map(Manifests::name)).containsExactlyInAnyOrderElementsOf(Stream.concat(
                Stream.of(SCALER), Arrays.stream(KafkaRole.values()).map(role -> PREFIX + role.option())).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aUserHasTheRightsOfItsRole(KafkaRole role) {
        assertThat(rights(PREFIX + role.option())).isEqualTo(grants(role.option()));
    }

    /** It asks what the monitor asks to know how far the stages are behind. */
    @Test
    void theScalerMayLookAtWhatTheMonitorOnlyLooksAt() {
        assertThat(rights(SCALER)).isNotEmpty().isEqualTo(grants("monitor").stream()
                .filter(right -> right.operation.equals("Describe")).collect(Collectors.toSet()));
    }

    /** Its commands, as the shell expands them, but for the word that changes a cluster. */
    @Test
    void theJobGivesEachRoleItsRightsByTheNamesOfTheConfigurations() {
        JsonNode job = Manifests.read("components/grants/grants.yaml").getLast();
        List<String> command = Manifests.texts(Manifests.stream(Manifests.containers(job).getFirst().path("command")));
        assertThat(command).startsWith("bash", "-ec").hasSize(3);
        String commands = Bash.run("-ec", command.getLast().replace("/opt/tokensync/tokensync", "echo")
                .replace("/etc/tokensync", Manifests.KUBERNETES.resolve("base/config").toString()));
        Map<String, Set<Right>> given = new TreeMap<>();
        commands.lines().map(line -> List.of(line.split(" ", -1))).forEach(words -> {
            assertThat(words).contains("--apply");
            given.put(words.get(words.indexOf("--role") + 1),
                    printed(words.stream().filter(word -> !word.equals("--apply"))));
        });
        assertThat(given).isEqualTo(Arrays.stream(KafkaRole.values())
                .collect(Collectors.toMap(KafkaRole::option, role -> grants(role.option()))));
    }

    private static Set<Right> rights(String name) {
        JsonNode user = USERS.stream().filter(one -> Manifests.name(one).equals(name)).findFirst().orElseThrow();
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

    private static Set<Right> grants(String role) {
        return printed(Stream.of("topics", "grants", "--role", role));
    }

    private static Set<Right> printed(Stream<String> command) {
        CommandLineOutput output = CommandLineOutput
                .of(Stream.concat(command, Stream.of("--json")).toArray(String[]::new));
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
