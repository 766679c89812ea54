package io.tokensync.common.serde;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.testkit.property.Gen;

/**
 * The JSON Schema of a value that is one of several kinds of Java record. Fields and types are those of the records, required is
 * what their constructors never leave null, and bounds are those that the check takes.
 *
 * @param <T> what all the kinds are
 */
final class KindsSchema<T> {
    private static final Map<Class<?>, Supplier<ObjectNode>> SIMPLE = Map.of(Instant.class, SchemaParts::time,
            VersionSet.class, SchemaParts::versions, boolean.class, () -> SchemaParts.type("boolean"), int.class,
            () -> SchemaParts.integer(0, Integer.MAX_VALUE), long.class, () -> SchemaParts.integer(0, FieldCheck.MOST));

    private final Function<T, byte[]> writer;
    private final Probe.Reader reader;
    private final ObjectNode definitions = SchemaParts.JSON.createObjectNode();
    private final Map<Class<?>, String> names = new HashMap<>();

    private KindsSchema(Function<T, byte[]> writer, Probe.Reader reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Completes a document.
     *
     * @param kinds the names of the kinds
     * @param reader who reads and checks what the writer writes
     */
    static <T> ObjectNode of(ObjectNode document, JsonSubTypes kinds, Function<T, byte[]> writer, Probe.Reader reader) {
        KindsSchema<T> schema = new KindsSchema<>(writer, reader);
        ArrayNode oneOf = document.putArray("oneOf");
        Arrays.stream(kinds.value()).forEach(kind -> oneOf.add(schema.kind(kind.name(), kind.value())));
        document.set("$defs", schema.definitions);
        return document;
    }

    private ObjectNode kind(String name, Class<?> type) {
        @SuppressWarnings("unchecked")
        T sample = (T) new RecordSamples(new Gen(1, 1), false).of(type);
        ObjectNode object = object(type, "", new Probe(writer.apply(sample), reader));
        ((ObjectNode) object.get("properties")).putObject("kind").put("const", name);
        ((ArrayNode) object.get("required")).insert(0, "kind");
        definitions.set(name, object);
        return reference(name);
    }

    private ObjectNode object(Class<?> type, String at, Probe probe) {
        ObjectNode object = SchemaParts.type("object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component.getName());
            properties.set(name, value(component.getGenericType(), at + "/" + name, probe));
            if (!RecordSamples.mayBeNull(type, component)) {
                required.add(name);
            }
        }
        dependencies(object, at, probe);
        return object;
    }

    /** Of fields that may be missing those that may only be missing together. */
    private static void dependencies(ObjectNode object, String at, Probe probe) {
        List<String> optional = object.get("properties").propertyNames().stream()
                .filter(name -> object.get("required").valueStream().noneMatch(it -> it.asString().equals(name)))
                .toList();
        for (String name : optional) {
            for (String other : optional) {
                if (!probe.takesWithout(at + "/" + name) && probe.takesWithout(at + "/" + name, at + "/" + other)) {
                    object.withObject("/dependentRequired").withArray("/" + other).add(name);
                }
            }
        }
    }

    private ObjectNode value(Type type, String at, Probe probe) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(generic.getActualTypeArguments()[0], at, probe)
                    : SchemaParts.countsByCode();
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return SchemaParts.text(probe, at);
        }
        if (plain.isEnum()) {
            return SchemaParts.oneOf(Arrays.stream(plain.getEnumConstants()).map(Object::toString).toList());
        }
        return SIMPLE.containsKey(plain) ? SIMPLE.get(plain).get() : definition(plain, at, probe);
    }

    private ObjectNode list(Type items, String at, Probe probe) {
        ObjectNode list = SchemaParts.type("array");
        probe.longest(at, length -> SchemaParts.JSON.createArrayNode().addAll(probe.copies(at + "/0", length)))
                .ifPresent(most -> list.put("maxItems", most));
        list.set("items", value(items, at + "/0", probe));
        return list;
    }

    /** A record within a record, described where it is met first. */
    private ObjectNode definition(Class<?> type, String at, Probe probe) {
        String name = name(type.getSimpleName());
        if (names.put(type, name) == null) {
            definitions.set(name, object(type, at, probe));
        }
        return reference(name);
    }

    private static ObjectNode reference(String name) {
        return SchemaParts.JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    private static String name(String java) {
        return java.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
