package io.tokensync.cli.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.operator.TopicOffsets;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.testkit.kafka.TestTopics;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code dlq} and {@code replay} on a real broker, as an operator types them. */
class OperatorCommandsIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @TempDir
    private Path directory;
    private String config;
    private String deadLetters;
    private String origin;
    private TestTopics topics;

    @BeforeEach
    void makeTopics() throws IOException {
        topics = new TestTopics(KAFKA.bootstrapServers());
        deadLetters = KAFKA.name("dead-letters");
        origin = KAFKA.name("enriched");
        topics.create(deadLetters, 1);
        topics.create(origin, 1);
        Path file = directory.resolve("writer.yaml");
        Files.writeString(file, "kafka:\n  bootstrap-servers: " + KAFKA.bootstrapServers()
                + "\ntopics:\n  dead-letter:\n    name: " + deadLetters + "\n  enriched:\n    name: " + origin
                + "\nwriter:\n  group: " + origin + "-group\n  threads: 2\n");
        config = file.toString();
    }

    @Test
    void lettersAreListedByFilterAndShownWhole() {
        write(deadLetter("n1", 0, "value_too_long", 0), deadLetter("n2", 1, "unreadable", 0), database("n3"));
        CommandLineOutput all = dlq("list");
        assertThat(all.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(all.out()).contains("0:0  ", "1 writer value_too_long", "1 scanner no_token_id", "3 dead letters",
                origin + " 0:1", "/nodes/n3/rubix.db TokensTable row 7");
        assertThat(dlq("list", "--reason", "unreadable").out()).contains("1 dead letters")
                .doesNotContain("value_too_long");
        assertThat(dlq("list", "--node", "n1").out()).contains("1 dead letters");
        assertThat(dlq("list", "--stage", "scanner", "--since", "1h").out()).contains("1 dead letters");
        assertThat(dlq("list", "--until", "1h").out()).contains("0 dead letters");
        assertThat(dlq("list", "--at", "0:1-2", "--limit", "1").out()).contains("2 dead letters, the first 1 shown");
        assertThat(dlq("list", "--at", "x").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(dlq("show", "0:1").out()).contains("reason: unreadable", "key: 10.0.0.1|n2|token", "payload of n2");
        assertThat(dlq("show", "0:99").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void lettersGoBackOnceAsTheyWereAndNotForEver() {
        write(deadLetter("n1", 0, "value_too_long", 0), deadLetter("n2", 1, "value_too_long", 3), database("n3"));
        assertThat(dlq("replay", "--dry-run").out()).contains("1 dead letters would be sent back");
        assertThat(topics.readCommitted(origin)).isEmpty();
        CommandLineOutput sent = dlq("replay", "--rate", "1000");
        assertThat(sent.out()).contains("1 dead letters sent back",
                "1 dead letters stay: they have been sent back 3 times",
                "1 dead letters stay: they are rows of node databases");
        ConsumerRecord<byte[], byte[]> back = topics.readCommitted(origin).getFirst();
        assertThat(new String(back.value(), StandardCharsets.UTF_8)).isEqualTo("payload of n1");
        assertThat(new String(back.key(), StandardCharsets.UTF_8)).isEqualTo("10.0.0.1|n1|token");
        assertThat(back.headers()).extracting(header -> header.key() + "="
                + new String(header.value(), StandardCharsets.UTF_8)).containsExactly("session=s1",
                        "dead_letter_replays=1");
        assertThat(dlq("replay").out()).contains("0 dead letters sent back");
        write(deadLetter("n4", 2, "value_too_long", 0));
        assertThat(dlq("replay").out()).contains("1 dead letters sent back");
        assertThat(dlq("replay", "--again", "--force", "--max", "2").out()).contains("2 dead letters sent back");
        assertThat(topics.readCommitted(origin)).hasSize(4);
    }

    /** A stage that reads a record again after a replay rejects it again. */
    @Test
    void aRecordThatWasRejectedAgainIsListedAndSentBackOnce() throws Exception {
        write(deadLetter("n1", 0, "unreadable", 0), deadLetter("n1", 0, "unreadable", 0),
                deadLetter("n2", 1, "unreadable", 0));
        assertThat(dlq("list").out()).contains("(2 times)", "2 writer unreadable",
                "2 dead letters; 1 more say the same");
        assertThat(dlq("replay").out()).contains("2 dead letters sent back",
                "1 dead letters stay: they are about records that");
        assertThat(dlq("purge", "--until", "0s", "--dry-run").out()).contains("3 dead letters would be");
    }

    @Test
    void aDeadLetterThatNamesATopicOfOthersStays() throws Exception {
        String others = KAFKA.name("others");
        topics.create(others, 1);
        write(new DeadLetter("writer", "unreadable", "d", new DeadLetter.FromTopic(others, 0, 0, 0,
                new RecordHeaders()), null, new byte[1]).toRecord(deadLetters));
        CommandLineOutput rejected = dlq("replay");
        assertThat(rejected.out()).contains("0 dead letters sent back", others);
        assertThat(rejected.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(topics.readCommitted(others)).isEmpty();
    }

    @Test
    void whatATerminalWouldObeyIsWrittenOut() throws Exception {
        write(new DeadLetter("writer", "unreadable", "gone\u001b[2J", new DeadLetter.FromTopic(origin, 0, 0, 0,
                new RecordHeaders()), "k\u001b[1A".getBytes(StandardCharsets.UTF_8),
                "{\n\u009b2J}".getBytes(StandardCharsets.UTF_8)).toRecord(deadLetters));
        assertThat(dlq("list").out()).contains("gone\\u001b[2J").doesNotContain("\u001b");
        assertThat(dlq("show", "0:0").out()).contains("k\\u001b[1A", "{\n\\u009b2J}").doesNotContain("\u001b",
                "\u009b");
    }

    @Test
    void lettersAreDeletedUpToAPlaceOnceTheWordIsTyped() {
        write(deadLetter("n1", 0, "a", 0), deadLetter("n2", 1, "b", 0), deadLetter("n3", 2, "c", 0));
        assertThat(dlq("purge", "--before", "0:2", "--dry-run").out()).contains("1 writer a",
                "2 dead letters would be");
        assertThat(typed("no\n", "dlq", "purge", "--before", "0:2").out()).contains("nothing was done");
        assertThat(topics.readCommitted(deadLetters)).hasSize(3);
        assertThat(typed("PURGE\n", "dlq", "purge", "--before", "0:2").out()).contains("2 dead letters deleted");
        assertThat(dlq("list").out()).contains("1 writer c", "1 dead letters");
        assertThat(dlq("purge", "--before", "0:9").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(dlq("purge").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aStoppedGroupIsMovedBackAndNoOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            topics.produce(origin, "k" + i, "v");
        }
        try (Admin admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("test")) {
            TopicOffsets offsets = new TopicOffsets(admin, origin);
            offsets.move(origin + "-group", Map.of(0, 5L));
            assertThat(replay("--from", "0:2", "--dry-run").out()).contains("partition 0: from 5 back to 2",
                    "reads 3 offsets", "nothing has been done");
            assertThat(offsets.committed(origin + "-group")).containsEntry(0, 5L);
            assertThat(replay("--from", "0:2").out()).contains("done and verified");
            assertThat(offsets.committed(origin + "-group")).containsEntry(0, 2L);
            assertThat(replay("--from", "1h").out()).contains("from 2 back to 0");
            assertThat(replay("--from", "beginning").out()).contains("reads 0 offsets");
            assertThat(replay("--from", "0:4").exitCode()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(
                CommandLineOutput.of("replay", "--topic", "none-such", "--from", "beginning", "--config", config).err())
                .contains("no such topic");
    }

    /** Standard output is for a program: one document, whatever else is said. */
    @Test
    void withJsonThereIsOneDocumentAndNothingElse() throws Exception {
        write(deadLetter("n1", 0, "unreadable", 0), deadLetter("n1", 0, "unreadable", 0), database("n3"));
        JsonNode list = json(dlq("list", "--json"));
        assertThat(list.at("/dead_letters").asLong()).isEqualTo(2);
        assertThat(list.at("/doubles").asLong()).isEqualTo(1);
        assertThat(list.at("/shown/0/times").asLong()).isEqualTo(2);
        assertThat(list.at("/counts/1/reason").asString()).isEqualTo("unreadable");
        assertThat(json(dlq("show", "0:0", "--json")).at("/value").asString()).isEqualTo("payload of n1");
        assertThat(json(dlq("replay", "--dry-run", "--json")).at("/dead_letters/from_databases").asLong()).isEqualTo(1);
        JsonNode purge = json(typed("no\n", "dlq", "purge", "--all", "--json"));
        assertThat(purge.at("/deleted").asLong()).isZero();
        assertThat(json(typed("PURGE\n", "dlq", "purge", "--all", "--json")).at("/deleted").asLong()).isEqualTo(3);
        topics.produce(origin, "k", "v");
        try (Admin admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("test")) {
            new TopicOffsets(admin, origin).move(origin + "-group", Map.of(0, 1L));
        }
        assertThat(json(replay("--from", "beginning", "--dry-run", "--json")).at("/outcome").asString())
                .isEqualTo("dry_run");
        JsonNode replayed = json(replay("--from", "beginning", "--json"));
        assertThat(replayed.at("/outcome").asString()).isEqualTo("done");
        assertThat(replayed.at("/moves/0/to").asLong(-1)).isZero();
        JsonNode printed = json(CommandLineOutput.of("topics", "print", "--config", topicsFile().toString(), "--json"));
        assertThat(printed.get(0).at("/name").asString()).isEqualTo("tokens.scanned");
    }

    private Path topicsFile() throws IOException {
        return Files.writeString(directory.resolve("topics.yaml"),
                "kafka:\n  bootstrap-servers: " + KAFKA.bootstrapServers() + "\n");
    }

    private static JsonNode json(CommandLineOutput output) {
        return JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build()
                .readTree(output.out());
    }

    private CommandLineOutput replay(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", "--topic", origin, "--config", config));
        all.addAll(Arrays.asList(arguments));
        return CommandLineOutput.of(all.toArray(String[]::new));
    }

    private CommandLineOutput dlq(String... arguments) {
        List<String> all = new ArrayList<>(List.of("dlq"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--config", config));
        return CommandLineOutput.of(all.toArray(String[]::new));
    }

    private CommandLineOutput typed(String line, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--config", config));
        return CommandLineOutput.typed(line, all.toArray(String[]::new));
    }

    @SafeVarargs
    private final void write(ProducerRecord<byte[], byte[]>... records) {
        for (ProducerRecord<byte[], byte[]> record : records) {
            topics.produce(List.of(record));
        }
    }

    private ProducerRecord<byte[], byte[]> deadLetter(String node, long offset, String reason, int replays) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("session", bytes("s1"));
        if (replays > 0) {
            headers.add("dead_letter_replays", bytes(Integer.toString(replays)));
        }
        return new DeadLetter("writer", reason, "why", new DeadLetter.FromTopic(origin, 0, offset, 1, headers),
                bytes("10.0.0.1|" + node + "|token"), bytes("payload of " + node)).toRecord(deadLetters);
    }

    private ProducerRecord<byte[], byte[]> database(String node) {
        return new DeadLetter("scanner", "no_token_id", "why",
                new DeadLetter.FromDatabase("/nodes/" + node + "/rubix.db",
                        "TokensTable", "7", node, "10.0.0.1", "s1"),
                null, bytes("{}")).toRecord(deadLetters);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
