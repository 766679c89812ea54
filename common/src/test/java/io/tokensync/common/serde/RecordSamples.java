package io.tokensync.common.serde;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.model.Times;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.testkit.property.Gen;

/** Java records by chance, as receipts and session summaries are: each field by its type. */
final class RecordSamples {
    private static final int SECONDS_A_YEAR = 31_557_600;

    private final Gen gen;
    private final boolean withNulls;

    /** @param withNulls whether what may be null sometimes is */
    RecordSamples(Gen gen, boolean withNulls) {
        this.gen = gen;
        this.withNulls = withNulls;
    }

    /** One of this type. */
    Object of(Class<?> type) {
        return make(type, Arrays.stream(type.getRecordComponents()).map(component -> {
            boolean isNull = withNulls && mayBeNull(type, component) && gen.percent(30);
            return isNull ? null : value(component.getGenericType(), component.getName());
        }).toArray());
    }

    /** Whether a record of this type may have nothing in this field. */
    static boolean mayBeNull(Class<?> type, RecordComponent component) {
        if (component.getType().isPrimitive()) {
            return false;
        }
        RecordSamples samples = new RecordSamples(new Gen(1, 1), false);
        Object[] values = Arrays.stream(type.getRecordComponents())
                .map(it -> it.getName().equals(component.getName())
                        ? null
                        : samples.value(it.getGenericType(), it.getName()))
                .toArray();
        try {
            return component.getAccessor().invoke(make(type, values)) == null;
        } catch (NullPointerException _) {
            return false;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object make(Class<?> type, Object... values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? gen.list(4, _ -> value(generic.getActualTypeArguments()[0], name))
                    : counts();
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return name.equals("sessionId")
                    ? new UUID(gen.number(), gen.number()).toString()
                    : gen.oneOf("10.0.0.7", "node-1", "/srv/é😀/rubix.db", "\"quoted\" \\ text", "writer",
                            "\u00a0x");
        } else if (plain == Instant.class) {
            return Times.FIRST.plusSeconds(gen.number(0, 9_998L * SECONDS_A_YEAR))
                    .plusNanos(gen.integer(0, 999_999_999));
        } else if (plain == VersionSet.class) {
            return VersionSet.of(gen.list(30, it -> it.number(1, it.flag() ? 40 : FieldCheck.MOST)).stream()
                    .mapToLong(Long::longValue).toArray());
        } else if (plain == boolean.class) {
            return gen.flag();
        } else if (plain == int.class) {
            return gen.integer(0, gen.flag() ? 9 : Integer.MAX_VALUE - 1);
        } else if (plain == long.class) {
            return gen.number(0, gen.flag() ? 9 : FieldCheck.MOST);
        }
        return plain.isEnum() ? gen.oneOf(List.of(plain.getEnumConstants())) : of(plain);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        gen.list(4, it -> it.oneOf("token_id_missing", "timeout", "http-500", "x".repeat(64)))
                .forEach(code -> counts.put(code, gen.number(1, FieldCheck.MOST)));
        return counts;
    }
}
