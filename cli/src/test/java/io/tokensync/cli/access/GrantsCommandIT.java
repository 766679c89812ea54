package io.tokensync.cli.access;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.testkit.kafka.SecuredKafka;

import static org.assertj.core.api.Assertions.assertThat;

/** Giving rights on a cluster that asks for them, and what the operator's commands can do with the operator's. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GrantsCommandIT {
    private static final String USER = "User:tokensync-operator";

    @TempDir
    private static Path directory;
    private static SecuredKafka kafka;
    private static Path administrator;
    private static Path operator;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.scram(directory);
        administrator = file("admin.yaml", kafka.administrator());
        operator = file("operator.yaml", kafka.user("tokensync-operator", "secret-of-operator"));
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    @Order(1)
    void rightsAreAddedOnceAndWhatIsThereIsSaid() {
        assertThat(grant("--dry-run").out()).contains("would be added: " + USER + " may Read topic tokens.scanned",
                "nothing has been done yet");
        assertThat(there()).isEmpty();
        assertThat(grant().out()).contains("added: " + USER + " may Read group tokensync-dlq-replay-*")
                .doesNotContain("would be");
        assertThat(there()).containsExactlyInAnyOrderElementsOf(rights());
        assertThat(grant().out()).isEqualToIgnoringNewLines("all rights are there");
        AclBinding more = Grant.topic("theirs", AclOperation.READ).bindings(USER).findFirst().orElseThrow();
        kafka.allow(List.of(more));
        assertThat(grant("--json").out()).contains("\"added\" : [ ]", "may Read topic theirs");
        assertThat(there()).contains(more);
        kafka.disallow(List.of(more));
    }

    @Test
    @Order(2)
    void whoMayNotGiveRightsIsToldWhatThatTakes() {
        CommandLineOutput output = CommandLineOutput.of("topics", "grants", "--role", "writer", "--apply", "--config",
                operator.toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(output.err()).contains("ALTER of the cluster").doesNotContain("secret-of");
    }

    @Test
    @Order(3)
    void theOperatorMakesTheTopicsWithTheRightToDoSo() {
        AclBinding create = right(AclOperation.CREATE, Topics.SESSIONS);
        kafka.disallow(List.of(create));
        assertThat(run("topics", "create")).isNotZero();
        kafka.allow(List.of(create));
        assertThat(run("topics", "create")).isZero();
    }

    static Stream<Arguments> commands() {
        String replay = "replay --topic tokens.enriched --from beginning --config FILE";
        return Stream.of(Arguments.of(AclOperation.DESCRIBE_CONFIGS, Topics.RECEIPTS, "check --config FILE"),
                Arguments.of(AclOperation.READ, Topics.SESSIONS, "status --config FILE"),
                Arguments.of(AclOperation.READ, Topics.RECEIPTS, "status --config FILE"),
                Arguments.of(AclOperation.READ, Topics.DEAD_LETTER, "dlq list --config FILE"),
                Arguments.of(AclOperation.READ, "tokensync-dlq-replay-", "dlq replay --again --config FILE"),
                Arguments.of(AclOperation.WRITE, Topics.SCANNED, "dlq replay --again --config FILE"),
                Arguments.of(AclOperation.READ, "tokensync-writer", replay),
                Arguments.of(AclOperation.DESCRIBE, "tokensync-operator", replay),
                Arguments.of(AclOperation.DELETE, Topics.DEAD_LETTER, "dlq purge --all --config FILE"));
    }

    @Order(4)
    @ParameterizedTest
    @MethodSource("commands")
    void theOperatorsCommandsNeedTheirRightsAndNoMore(AclOperation operation, String name, String command)
            throws Exception {
        deadLetterAndGroup();
        AclBinding right = right(operation, name);
        kafka.disallow(List.of(right));
        try {
            assertThat(typed(command).exitCode()).as("without %s of %s", operation, name).isNotZero();
        } finally {
            kafka.allow(List.of(right));
        }
        CommandLineOutput output = typed(command);
        assertThat(output.exitCode()).as("%s%s", output.out(), output.err()).isZero();
    }

    /** A record that was dead-lettered, one of each kind that somebody has to read, and a group that has read something. */
    private static void deadLetterAndGroup() throws Exception {
        ConsumerRecord<byte[], byte[]> garbage = new ConsumerRecord<>(Topics.SCANNED, 0, 0, new byte[]{1},
                "{".getBytes(StandardCharsets.UTF_8));
        try (Producer<byte[], byte[]> producer = clients().producer("test", Duration.ofMinutes(1))) {
            producer.send(DeadLetter.of("enricher", RejectionReason.UNREADABLE_RECORD, "test", garbage)
                    .toRecord(Topics.DEAD_LETTER)).get();
            for (String topic : List.of(Topics.RECEIPTS, Topics.ENRICHED)) {
                producer.send(new ProducerRecord<>(topic, 0, null, new byte[]{1})).get();
            }
            producer.send(
                    new ProducerRecord<>(Topics.SESSIONS, 0, "session|gone".getBytes(StandardCharsets.UTF_8), null))
                    .get();
        }
        SecuredKafka.await(kafka.admin().alterConsumerGroupOffsets("tokensync-writer",
                Map.of(new TopicPartition(Topics.ENRICHED, 0), new OffsetAndMetadata(1))).all());
    }

    private static KafkaClients clients() {
        return new KafkaClients(
                KafkaSettings.at(kafka.bootstrapServers()).withProperties(kafka.administrator()));
    }

    private static List<AclBinding> rights() {
        return new RoleGrants(InstallationNames.from(Settings.of(Map.of()))).of(KafkaRole.OPERATOR).stream()
                .flatMap(grant -> grant.bindings(USER)).toList();
    }

    private static AclBinding right(AclOperation operation, String name) {
        return rights().stream().filter(right -> right.pattern().name().equals(name)
                && right.entry().operation() == operation).findFirst().orElseThrow();
    }

    private static List<AclBinding> there() {
        return kafka.rights().stream().filter(right -> right.entry().principal().equals(USER)).toList();
    }

    private static CommandLineOutput grant(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("topics", "grants", "--role", "operator", "--apply", "--config",
                        administrator.toString()));
        arguments.addAll(List.of(more));
        CommandLineOutput output = CommandLineOutput.of(arguments.toArray(String[]::new));
        assertThat(output.exitCode()).as(output.err()).isZero();
        return output;
    }

    private static CommandLineOutput typed(String command) {
        return CommandLineOutput.typed("PURGE\n", command.replace("FILE", operator.toString()).split(" ", -1));
    }

    private static int run(String... command) {
        return CommandLineOutput.of(Stream.concat(Stream.of(command), Stream.of("--config", operator.toString()))
                .toArray(String[]::new)).exitCode();
    }

    private static Path file(String name, Map<String, String> properties) throws Exception {
        String lines = properties.entrySet().stream()
                .map(entry -> "    " + entry.getKey() + ": '" + entry.getValue() + "'\n").collect(Collectors.joining());
        return Files.writeString(directory.resolve(name), "kafka:\n  bootstrap-servers: " + kafka.bootstrapServers()
                + "\n  properties:\n" + lines);
    }
}
