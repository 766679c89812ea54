package io.tokensync.scanner.source.postgres.chain;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a transaction says, as far as it is wanted; the rest, which lists tokens, is passed over.
 *
 * @param initiator DID of who made it
 * @param owner DID of who has the tokens after it; null when it says none, as one that deploys a contract does
 * @param time when, in whole seconds; null when it says no time that there is
 */
record TransactionInfo(String initiator, String owner, Instant time) {
    private static final JsonFactory JSON = new JsonFactory();
    /** Of nodes of today; anything else that is a word is shown as well. */
    private static final Pattern DID = Pattern.compile("[A-Za-z0-9]{1,200}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,11}");
    /** Several times as many as any has. */
    private static final int MOST_FIELDS = 100;
    private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** Reads it; empty when it is no transaction's. */
    static Optional<TransactionInfo> parse(byte[] json) {
        Map<String, String> fields = fields(json);
        String initiator = fields.getOrDefault("initiator", "");
        String owner = fields.get("owner");
        if (!DID.matcher(initiator).matches() || owner == null
                || !(owner.isEmpty() || DID.matcher(owner).matches())) {
            return Optional.empty();
        }
        return Optional.of(
                new TransactionInfo(initiator, owner.isEmpty() ? null : owner, time(fields.getOrDefault("epoch", ""))));
    }

    /** The signature of the initiator, which stands beside what was signed; empty when there is none. */
    static Optional<String> initiatorSignature(byte[] json) {
        return Optional.ofNullable(fields(json).get("initiatorSignature")).filter(signature -> !signature.isBlank());
    }

    private static Instant time(String epoch) {
        long second = NUMBER.matcher(epoch).matches() ? Long.parseLong(epoch) : 0;
        return second > 0 && second <= LAST_SECOND ? Instant.ofEpochSecond(second) : null;
    }

    /** The fields of an object that have plain values, the last of each name, as Go takes it; none when it is no object. */
    private static Map<String, String> fields(byte[] json) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL && fields.size() < MOST_FIELDS) {
                    fields.put(name, parser.getString());
                }
            }
            return fields;
        } catch (JacksonException _) {
            return Map.of();
        }
    }
}
