package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The system views and functions of {@code system-objects.sql}. */
final class SystemObjects {
    static final List<String> SCRIPT = script();

    private SystemObjects() {}

    private static List<String> script() {
        try (InputStream in = SystemObjects.class.getResourceAsStream("system-objects.sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split(";\\R")).filter(statement -> !statement.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("system-objects.sql cannot be read", e);
        }
    }
}
