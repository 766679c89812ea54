package io.tokensync.common.kafka;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.apache.kafka.clients.CommonClientConfigs;

/** Everything that can be thrown and that Kafka's clients bring along. */
final class KafkaThrowables {
    private static final List<String> PACKAGES = List.of("org/apache/kafka/clients/", "org/apache/kafka/common/");
    private static final Map<Class<?>, Object> EMPTY = Map.of(String.class, "", Map.class, Map.of(), Set.class,
            Set.of());

    private KafkaThrowables() {}

    /** The types of the clients' archive on the class path, of which there can be instances. */
    static List<Class<? extends Throwable>> all() throws IOException, URISyntaxException {
        Path archive = Path.of(CommonClientConfigs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<? extends Throwable>> types = new ArrayList<>();
        try (JarFile jar = new JarFile(archive.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                Class<?> type = load(entry.getName());
                if (type != null && Throwable.class.isAssignableFrom(type)
                        && !Modifier.isAbstract(type.getModifiers())) {
                    types.add(type.asSubclass(Throwable.class));
                }
            }
        }
        return types;
    }

    /** One of them, made with nothing: its type is all that it says. */
    static Throwable without(Class<? extends Throwable> type) throws ReflectiveOperationException {
        List<Constructor<?>> constructors = new ArrayList<>(Arrays.asList(type.getDeclaredConstructors()));
        constructors.sort(Comparator.comparingInt(Constructor::getParameterCount));
        for (Constructor<?> constructor : constructors) {
            constructor.setAccessible(true);
            try {
                return (Throwable) constructor.newInstance(
                        Arrays.stream(constructor.getParameterTypes()).map(KafkaThrowables::anything).toArray());
            } catch (InvocationTargetException _) {
                // It wants more than nothing; another constructor may not.
            }
        }
        throw new IllegalStateException("no way to make a " + type.getName());
    }

    private static Object anything(Class<?> parameter) {
        if (parameter.isPrimitive()) {
            return Array.get(Array.newInstance(parameter, 1), 0);
        }
        return EMPTY.containsKey(parameter) ? EMPTY.get(parameter) : madeOfText(parameter);
    }

    /** What a static method of its own makes of a text; nothing when it has none. */
    private static Object madeOfText(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type
                    && List.of(method.getParameterTypes()).equals(List.of(String.class))) {
                try {
                    return method.invoke(null, "");
                } catch (ReflectiveOperationException _) {
                    return null;
                }
            }
        }
        return null;
    }

    private static Class<?> load(String entry) {
        if (!entry.endsWith(".class") || PACKAGES.stream().noneMatch(entry::startsWith)) {
            return null;
        }
        try {
            String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
            return Class.forName(name, false, KafkaThrowables.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError _) {
            // It needs a library that is not there, so nobody can throw it.
            return null;
        }
    }
}
