package io.tokensync.monitor.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

import io.tokensync.common.config.Redaction;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.deadletter.StoredDeadLetter;

/**
 * A dead letter for people, without secrets.
 *
 * @param place partition and offset
 * @param time when it was dead-lettered
 * @param stage who has rejected it
 * @param reason code of the cause
 * @param detail the cause in a sentence
 * @param sourceIp machine; null when nobody knows, as the next
 * @param nodeName node
 * @param tokenId token
 * @param sessionId session
 * @param origin where it comes from
 * @param rejected what was rejected: JSON, or a text of what is none; null when it was left at its origin
 * @param command sends it back once the cause is repaired; null for a row of a node's database
 * @param advice what to do in place of a command, or beside it
 */
public record DeadLetterView(String place, Instant time, String stage, String reason, String detail, String sourceIp,
        String nodeName, String tokenId, String sessionId, String origin, JsonNode rejected, String command,
        String advice) {
    private static final int KEY_PARTS = 3;
    private static final String FROM_DATABASE = "A row of a node's database: its agent reads it again when it changes there.";
    private static final String LEFT = "It was too large for a dead letter: what was rejected is only at its origin.";

    static DeadLetterView of(StoredDeadLetter stored, String brokerOption) {
        DeadLetter content = stored.content();
        JsonNode rejected = MaskedJson.of(content.payload());
        String[] key = key(content);
        boolean fromTopic = content.origin() instanceof DeadLetter.FromTopic;
        return new DeadLetterView(stored.place(), stored.time(), content.stage(), content.reason(),
                Redaction.of(content.detail()), sourceIp(content, key), stored.node().orElse(null),
                key.length == KEY_PARTS ? key[2] : text(rejected, "token_id").orElse(null),
                sessionId(content, rejected), stored.origin(), rejected,
                fromTopic ? command(stored, brokerOption) : null,
                !fromTopic ? FROM_DATABASE : content.isPayloadLeftAtOrigin() ? LEFT : null);
    }

    private static String command(StoredDeadLetter stored, String brokerOption) {
        return "./tokensync dlq replay " + brokerOption + " --at " + ShellWord.of(stored.place()) + " --again";
    }

    private static String[] key(DeadLetter content) {
        return content.key() == null
                ? new String[0]
                : new String(content.key(), StandardCharsets.UTF_8).split("\\|", KEY_PARTS);
    }

    private static String sourceIp(DeadLetter content, String[] key) {
        if (content.origin() instanceof DeadLetter.FromDatabase from) {
            return from.sourceIp();
        }
        return Arrays.stream(key).limit(key.length == KEY_PARTS ? 1 : 0).findFirst().orElse(null);
    }

    private static String sessionId(DeadLetter content, JsonNode rejected) {
        return content.origin() instanceof DeadLetter.FromDatabase from
                ? from.sessionId()
                : text(rejected, "session_id").orElse(null);
    }

    private static Optional<String> text(JsonNode rejected, String name) {
        return rejected == null
                ? Optional.empty()
                : Optional.of(rejected.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
