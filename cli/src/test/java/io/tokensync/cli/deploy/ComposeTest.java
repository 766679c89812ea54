package io.tokensync.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said of the compose file without an engine: rights, room, versions, secrets, logins, and what the processes accept. */
class ComposeTest {
    private static final JsonNode COMPOSE = ComposeFile.read();
    private static final Map<String, JsonNode> SERVICES = ComposeFile.services(COMPOSE);

    @Test
    void everyImageHasAVersionAndEveryServiceItsRoom() {
        SERVICES.forEach((name, service) -> {
            assertThat(service.path("image").asString()).as(name).matches("tokensync:local|.+:v?\\d+[.\\w-]*\\d")
                    .doesNotContain("latest");
            assertThat(service.path("mem_limit").asString("")).as(name).matches("\\d+[mg]");
            assertThat(service.path("cpus").asDouble(0)).as(name).isPositive();
            assertThat(service.path("pids_limit").asInt(0)).as(name).isPositive();
        });
    }

    @Test
    void noContainerGetsMoreRightsThanItsImageHasAndOursHaveNone() {
        SERVICES.forEach((name, service) -> {
            assertThat(texts(service, "cap_drop")).as(name).containsExactly("ALL");
            assertThat(texts(service, "security_opt")).as(name).containsExactly("no-new-privileges:true");
            if (isOurs(service)) {
                assertThat(service.path("read_only").asBoolean(false)).as(name).isTrue();
                assertThat(service.has("cap_add")).as(name).isFalse();
                // libraries of SQLite and of Kafka's compression are unpacked and loaded there
                assertThat(texts(service, "tmpfs")).as(name).anyMatch(tmpfs -> tmpfs.matches("/tmp:.*\\bexec\\b.*"));
            }
        });
    }

    @Test
    void everyStageHasTheRoomThatWasMeasured() {
        ProcessConfiguration.MEASURED
                .forEach((name, measured) -> assertThat(SERVICES.get(name).path("mem_limit").asString())
                        .satisfies(limit -> assertThat(Integer.parseInt(limit.replace("m", ""))).as(name)
                                .isGreaterThanOrEqualTo(measured * 6 / 5)));
    }

    @Test
    void nodesAreOnlyReadAndPortsAreThoseOfThisHost() {
        assertThat(texts(SERVICES.get("scanner"), "volumes")).anyMatch(volume -> volume.endsWith(":/nodes:ro"));
        SERVICES.forEach((name, service) -> assertThat(texts(service, "ports")).as(name)
                .allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @Test
    void passwordsAreFilesThatTheScriptMakesOnce(@TempDir Path directory) throws Exception {
        Set<String> declared = new TreeSet<>(COMPOSE.path("secrets").propertyNames());
        Bash.run("deploy/secrets.sh", directory.resolve("secrets").toString());
        Map<String, String> made = files(directory.resolve("secrets"));
        assertThat(made.keySet()).isEqualTo(declared);
        assertThat(made.values()).doesNotHaveDuplicates().allMatch(text -> text.matches("[A-Za-z0-9]{32}"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("secrets"))))
                .isEqualTo("rwx------");
        Bash.run("deploy/secrets.sh", directory.resolve("secrets").toString());
        assertThat(files(directory.resolve("secrets"))).isEqualTo(made);
        COMPOSE.path("secrets").properties().forEach(secret -> assertThat(secret.getValue().path("file").asString())
                .isEqualTo("./secrets/" + secret.getKey()));
        assertThat(Files.readString(Manifests.ROOT.resolve(".gitignore"))).contains("\n/secrets/\n");
        Set<String> used = new TreeSet<>();
        SERVICES.values().forEach(service -> used.addAll(texts(service, "secrets")));
        assertThat(used).isEqualTo(declared);
    }

    @Test
    void noVariableIsAPasswordAndEveryFileThatOneNamesIsASecretOfTheService() {
        SERVICES.forEach((name, service) -> environment(service).forEach((variable, value) -> {
            if (variable.contains("PASSWORD")) {
                assertThat(variable).endsWith("_FILE");
                assertThat(value).startsWith("/run/secrets/");
                assertThat(texts(service, "secrets")).as(name).contains(value.substring("/run/secrets/".length()));
            }
        }));
    }

    @Test
    void eachProcessHasALoginOfItsOwnWithTheRoleThatItNeeds() throws IOException {
        Map<String, String> roles = Map.of("schema", "migrator", "writer", "writer", "monitor", "auditor");
        String script = Files.readString(Manifests.ROOT.resolve("deploy/sql/logins.sh"));
        roles.forEach((service, role) -> {
            Map<String, String> environment = environment(SERVICES.get(service));
            assertThat(environment.values()).contains("tokensync_" + role + "_login", "/run/secrets/sql-" + role);
            assertThat(script).containsPattern("(for name in|role) [a-z ]*\\b" + role + "\\b");
            assertThat(texts(SERVICES.get("grants"), "command").getFirst()).contains(role);
            assertThat(texts(SERVICES.get("logins"), "secrets")).contains("sql-" + role);
        });
        assertThat(SERVICES.entrySet().stream().filter(service -> texts(service.getValue(), "secrets").contains("sa"))
                .map(Map.Entry::getKey)).containsExactly("logins", "rights", "sql");
    }

    @Test
    void theProcessesAcceptTheirConfigurationAndKnowTheirVariables(@TempDir Path files) throws IOException {
        Path secret = Files.writeString(files.resolve("secret"), "x");
        for (Map.Entry<String, JsonNode> service : SERVICES.entrySet()) {
            List<String> command = texts(service.getValue(), "command");
            if (isOurs(service.getValue()) && command.contains("--config")) {
                Map<String, String> environment = environment(service.getValue());
                environment.replaceAll((name, value) -> name.endsWith("_FILE") ? secret.toString() : value);
                Path file = Manifests.ROOT.resolve("deploy/config").resolve(Path.of(command.getLast()).getFileName());
                ProcessConfiguration.accept(command.getFirst(), file, environment);
            }
        }
    }

    @Test
    void theCertificateIsTrustedUncheckedWhereTheServerIsTheContainerAndNowhereElse() throws IOException {
        try (Stream<Path> all = Files.walk(Manifests.ROOT.resolve("deploy"))) {
            List<String> trusting = new ArrayList<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.readString(file).lines().filter(line -> line.contains("trustServerCertificate"))
                        .forEach(trusting::add);
            }
            assertThat(trusting).hasSize(2).allSatisfy(line -> assertThat(line).contains("jdbc:sqlserver://sql:1433;"));
        }
    }

    @Test
    void theBuildKeepsItsLibraries() throws IOException {
        String dockerfile = Files.readString(Manifests.ROOT.resolve("deploy/Dockerfile"));
        assertThat(dockerfile).contains("--mount=type=cache,target=/root/.m2 mvn");
        assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM ")))
                .allMatch(line -> line.matches("FROM [\\w/-]+:\\d+\\.\\d+\\.\\d+\\S*( AS build)?"));
    }

    @Test
    void scriptsCanBeParsed() throws Exception {
        for (String script : List.of("deploy/sql/logins.sh", "deploy/secrets.sh", "deploy/healthcheck.sh")) {
            assertThat(Manifests.ROOT.resolve(script)).isExecutable();
            Bash.run("-n", Manifests.ROOT.resolve(script).toString());
        }
    }

    private static boolean isOurs(JsonNode service) {
        return service.path("image").asString().equals("tokensync:local");
    }

    private static List<String> texts(JsonNode service, String key) {
        return Manifests.texts(Manifests.stream(service.path(key)));
    }

    private static Map<String, String> environment(JsonNode service) {
        return new HashMap<>(Manifests.texts(service.path("environment")));
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}
