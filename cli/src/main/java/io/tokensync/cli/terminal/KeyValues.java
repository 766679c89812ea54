package io.tokensync.cli.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/**
 * The key-value pairs of a log line as JSON fields. A value that is no text, number or truth is written as its own text, alone
 * or in a list: Jackson would look for getters, and find none in many a type that has a good text.
 */
final class KeyValues extends AbstractJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> generator.writePOJOProperty(String.valueOf(pair.key), plain(pair.value)));
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth;
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((key, of) -> plain.put(String.valueOf(key), plain(of)));
                yield plain;
            }
            case Path path -> path.toString(); // it is an Iterable of its names
            case Iterable<?> several -> {
                List<Object> plain = new ArrayList<>();
                several.forEach(one -> plain.add(plain(one)));
                yield plain;
            }
            case Object[] several -> Arrays.stream(several).map(KeyValues::plain).toList();
            default -> value.toString();
        };
    }
}
