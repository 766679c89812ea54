package io.tokensync.common.serde;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.receipt.VersionSet;

/**
 * JSON of Java records: names in snake_case, times as text, nothing for null. For records of which there are a few in a
 * second; those of rows are written by hand.
 */
public final class RecordJson {
    private static final JsonMapper PLAIN = builder().build();

    private RecordJson() {}

    /** How a set of versions is written. */
    private abstract static class AsText {
        @JsonValue
        @Override
        public abstract String toString();

        @JsonCreator
        static VersionSet parse(String text) {
            return VersionSet.parse(text);
        }
    }

    /** A record of the store of a process, which nobody else reads. */
    public static byte[] write(Object value) {
        return PLAIN.writeValueAsBytes(value);
    }

    /** On one line. */
    public static String text(Object value) {
        return PLAIN.writeValueAsString(value);
    }

    /** For people and their tools: on several lines. */
    public static String pretty(Object value) {
        return PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /** Reads what {@link #write} wrote. */
    public static <T> T read(byte[] json, Class<T> type) {
        return PLAIN.readValue(json, type);
    }

    static JsonMapper.Builder builder() {
        return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addMixIn(VersionSet.class, AsText.class).changeDefaultPropertyInclusion(
                        value -> value.withValueInclusion(JsonInclude.Include.NON_NULL));
    }
}
